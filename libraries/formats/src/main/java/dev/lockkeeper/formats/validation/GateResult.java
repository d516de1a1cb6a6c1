package dev.lockkeeper.formats.validation;

import org.jspecify.annotations.Nullable;

/**
 * What one gate found.
 *
 * @param gate its name, for example {@code auc minimum}, {@code auc against stable}, {@code
 *     fairness: sex}
 * @param outcome what it says
 * @param blocking whether this outcome refuses the model
 * @param value what was measured
 * @param low lower end of its interval; null if it has none
 * @param high upper end of its interval; null if it has none
 * @param threshold what it was compared with
 * @param power for a margin against the stable model the chance, 0 to 1, that a loss as large as
 *     the margin shows as one on this hold-out; null for every other gate
 * @param message one line for people
 */
public record GateResult(
    String gate,
    GateOutcome outcome,
    boolean blocking,
    double value,
    @Nullable Double low,
    @Nullable Double high,
    double threshold,
    @Nullable Double power,
    String message) {

  /** A finding of a gate that has no power. */
  public GateResult(
      String gate,
      GateOutcome outcome,
      boolean blocking,
      double value,
      @Nullable Double low,
      @Nullable Double high,
      double threshold,
      String message) {
    this(gate, outcome, blocking, value, low, high, threshold, null, message);
  }
}
