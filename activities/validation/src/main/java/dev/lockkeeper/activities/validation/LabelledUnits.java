package dev.lockkeeper.activities.validation;

/**
 * How many units of the hold-out speak for each label.
 *
 * @param positives units with a row whose label is true
 * @param negatives units with a row whose label is false
 * @param areRows whether each row is a unit
 */
record LabelledUnits(int positives, int negatives, boolean areRows) {

  /** Below it no interval is trusted to hold what it promises ({@code IntervalSimulation}). */
  static final int MINIMUM = 10;

  static LabelledUnits of(boolean[] labels, RowUnits units) {
    boolean[] negative = new boolean[labels.length];
    for (int row = 0; row < labels.length; row++) {
      negative[row] = !labels[row];
    }
    return new LabelledUnits(units.having(labels), units.having(negative), units.isEachRow());
  }

  boolean areEnough() {
    return Math.min(positives, negatives) >= MINIMUM;
  }

  /** Why a gate does not judge, for people. */
  String shortage() {
    String label = positives < negatives ? "true" : "false";
    return Markup.format(
        "%d %s with a %s label, at least %d are needed: hold out more rows",
        Math.min(positives, negatives), areRows ? "rows" : "keys", label, MINIMUM);
  }
}
