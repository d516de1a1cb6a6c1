package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import java.util.Locale;

/** Holds a group fairness metric against its gate: passed, refused, or inconclusive. */
final class FairnessJudgement {

  private FairnessJudgement() {}

  /**
   * Passed if the whole interval keeps to the threshold, refused if none of it does, inconclusive
   * if it contains the threshold or there are fewer than two groups.
   */
  static GateResult judge(FairnessGate gate, GroupFairness measured) {
    GateOutcome outcome = outcome(gate, measured);
    boolean blocking =
        outcome == GateOutcome.REFUSED
            || (outcome == GateOutcome.INCONCLUSIVE && gate.inconclusiveBlocks());
    boolean hasValue = Double.isFinite(measured.value());
    return new GateResult(
        "fairness: " + gate.column(),
        outcome,
        blocking,
        hasValue ? measured.value() : 0,
        hasValue ? measured.interval().low() : null,
        hasValue ? measured.interval().high() : null,
        gate.threshold(),
        message(gate, measured, outcome));
  }

  private static GateOutcome outcome(FairnessGate gate, GroupFairness measured) {
    if (!Double.isFinite(measured.value())) {
      return GateOutcome.INCONCLUSIVE;
    }
    Interval interval = measured.interval();
    boolean isRatio = gate.metric() == FairnessMetric.DEMOGRAPHIC_PARITY_RATIO;
    boolean allKeep =
        isRatio ? interval.low() >= gate.threshold() : interval.high() <= gate.threshold();
    boolean noneKeeps =
        isRatio ? interval.high() < gate.threshold() : interval.low() > gate.threshold();
    return allKeep
        ? GateOutcome.PASSED
        : noneKeeps ? GateOutcome.REFUSED : GateOutcome.INCONCLUSIVE;
  }

  private static String message(FairnessGate gate, GroupFairness measured, GateOutcome outcome) {
    if (!Double.isFinite(measured.value())) {
      return String.format(
          Locale.ROOT,
          "%s by %s: %d group(s) with at least %d rows, two are needed; lower minimumGroup or hold out more rows",
          gate.metric().label(),
          gate.column(),
          measured.groups().size(),
          gate.minimumGroup());
    }
    String holds =
        switch (outcome) {
          case PASSED -> "all of it keeps to";
          case REFUSED -> "none of it keeps to";
          case INCONCLUSIVE -> "it holds";
        };
    return String.format(
        Locale.ROOT,
        "%s by %s %.4f [%.4f, %.4f] over %d groups%s: %s the threshold %.4f%s",
        gate.metric().label(),
        gate.column(),
        measured.value(),
        measured.interval().low(),
        measured.interval().high(),
        measured.groups().size(),
        measured.isShrunk() ? " (so many that their rates are drawn towards each other)" : "",
        holds,
        gate.threshold(),
        measured.leftOut().isEmpty()
            ? ""
            : "; left out as too small: " + measured.leftOut().size());
  }
}
