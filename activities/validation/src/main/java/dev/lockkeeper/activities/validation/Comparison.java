package dev.lockkeeper.activities.validation;

/**
 * The rows on which candidate and stable model are compared: those that both held out.
 *
 * @param stableVersion the stable version
 * @param rows rows that both held out
 * @param holdoutRows rows of the hold-out
 * @param units how many units of each label these rows have
 */
record Comparison(String stableVersion, int rows, int holdoutRows, LabelledUnits units) {

  boolean isPossible() {
    return units.positives() > 0 && units.negatives() > 0;
  }

  /** Which rows, for people. */
  String where() {
    return rows == holdoutRows
        ? "on the same rows"
        : Markup.format("on the %,d of %,d hold-out rows that both held out", rows, holdoutRows);
  }
}
