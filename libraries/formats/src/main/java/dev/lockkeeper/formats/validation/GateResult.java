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
    String message) {}
