package dev.lockkeeper.activities.validation;

import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.validation.BehaviourCheck;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/**
 * Runs behavioural checks on the candidate.
 *
 * @param program the feature program
 * @param model the candidate
 * @param table the hold-out
 * @param predictions the candidate's predictions to the hold-out as it is
 */
record BehaviourRunner(
    FeatureProgram program, EvaluatedModel model, HoldoutTable table, double[] predictions) {

  private static final double ROUNDING = 1e-6;

  BehaviourResult run(BehaviourCheck check) {
    if (check instanceof BehaviourCheck.Invariance invariance) {
      return invariance(invariance);
    } else if (check instanceof BehaviourCheck.Direction direction) {
      return direction(direction);
    } else if (check instanceof BehaviourCheck.KnownCase known) {
      return known(known);
    }
    throw new IllegalStateException("no such check: " + check);
  }

  /** A check's result as a gate. */
  static GateResult gate(BehaviourResult result) {
    String message =
        result.kind().equals("case")
            ? Markup.format(
                "%s: answered %.4f, the bound is %.4f",
                result.name(), result.value(), result.threshold())
            : Markup.format(
                "%s: %d of %d rows keep to it (%.4f), %.4f are needed",
                result.name(), result.kept(), result.rows(), result.value(), result.threshold());
    return new GateResult(
        "behaviour: " + result.name(),
        result.passed() ? GateOutcome.PASSED : GateOutcome.REFUSED,
        !result.passed(),
        result.value(),
        null,
        null,
        result.threshold(),
        message);
  }

  private BehaviourResult invariance(BehaviourCheck.Invariance check) {
    double[] changed =
        predictWith(
            buffer -> check.set().forEach((column, value) -> set(check, buffer, column, value)));
    return overRows(
        check.name(),
        "invariance",
        changed,
        check.minimumShare(),
        change -> Math.abs(change) - check.tolerance());
  }

  private BehaviourResult direction(BehaviourCheck.Direction check) {
    int index = index(check, check.column());
    if (index >= 0) {
      switch (program.inputColumns().get(index).type()) {
        case INTEGER, NUMBER, TIMESTAMP -> {}
        case STRING, BOOLEAN ->
            throw new SpecificationException(
                "behaviour '"
                    + check.name()
                    + "': column '"
                    + check.column()
                    + "' is not a number, so nothing can be added to it");
      }
    }
    double[] changed =
        predictWith(
            buffer -> {
              if (index >= 0) {
                buffer.setNumber(index, buffer.number(index) + check.change());
              }
            });
    return overRows(
        check.name(),
        "direction",
        changed,
        check.minimumShare(),
        change -> check.increase() ? -change : change);
  }

  private BehaviourResult known(BehaviourCheck.KnownCase check) {
    RowBuffer buffer = program.newRow();
    check.row().forEach((column, value) -> set(check, buffer, column, value));
    float[][] features = new float[1][program.featureNames().size()];
    program.compute(buffer, features[0]);
    double answer = model.predict(features)[0];
    boolean tooLow = check.minimum() != null && answer < check.minimum();
    boolean tooHigh = check.maximum() != null && answer > check.maximum();
    Double nearest = tooLow || check.maximum() == null ? check.minimum() : check.maximum();
    double bound = nearest == null ? 0 : nearest;
    boolean passed = !tooLow && !tooHigh;
    String example =
        passed
            ? ""
            : Markup.format(
                "answered %.4f, at %s %.4f is accepted", answer, tooLow ? "least" : "most", bound);
    return new BehaviourResult(
        check.name(), "case", passed, 1, passed ? 1 : 0, answer, bound, example);
  }

  /**
   * Judges the change of every row.
   *
   * @param excess how far a change goes beyond what is accepted; rows keep to it at or below 0
   */
  private BehaviourResult overRows(
      String name, String kind, double[] changed, double minimumShare, DoubleUnaryOperator excess) {
    int kept = 0;
    int worst = -1;
    double worstExcess = ROUNDING;
    for (int row = 0; row < changed.length; row++) {
      double beyond = excess.applyAsDouble(changed[row] - predictions[row]);
      if (beyond <= ROUNDING) {
        kept++;
      } else if (beyond > worstExcess) {
        worst = row;
        worstExcess = beyond;
      }
    }
    double share = changed.length == 0 ? 1 : (double) kept / changed.length;
    String example =
        worst < 0
            ? ""
            : Markup.format(
                "row %d: %.4f became %.4f", worst + 1, predictions[worst], changed[worst]);
    return new BehaviourResult(
        name, kind, share >= minimumShare, changed.length, kept, share, minimumShare, example);
  }

  private double[] predictWith(Consumer<RowBuffer> change) {
    float[][] features = new float[table.rows()][program.featureNames().size()];
    RowBuffer buffer = program.newRow();
    List<InputColumn> inputs = program.inputColumns();
    for (int row = 0; row < table.rows(); row++) {
      table.fill(inputs, row, buffer);
      change.accept(buffer);
      program.compute(buffer, features[row]);
    }
    return model.predict(features);
  }

  private void set(BehaviourCheck check, RowBuffer buffer, String column, String value) {
    int index = index(check, column);
    if (index < 0) {
      return;
    }
    try {
      buffer.set(index, value);
    } catch (IllegalArgumentException e) {
      throw new SpecificationException("behaviour '" + check.name() + "': " + e.getMessage(), e);
    }
  }

  /** The column's place in a row; -1 if the model cannot see the column. */
  private int index(BehaviourCheck check, String column) {
    List<InputColumn> inputs = program.inputColumns();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).name().equals(column)) {
        return i;
      }
    }
    if (!table.names().contains(column)) {
      throw new SpecificationException(
          "behaviour '"
              + check.name()
              + "' is about column '"
              + column
              + "', which the data do not have; their columns are "
              + table.names());
    }
    return -1;
  }
}
