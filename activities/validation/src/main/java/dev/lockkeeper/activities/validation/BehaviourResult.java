package dev.lockkeeper.activities.validation;

/**
 * What one behavioural check found.
 *
 * @param name the check's name
 * @param kind {@code invariance}, {@code direction} or {@code case}
 * @param passed whether the model keeps to it
 * @param rows rows that were tried
 * @param kept rows that keep to it
 * @param value share of rows that keep to it, or for a case the probability
 * @param threshold smallest accepted share, or for a case the bound that was tested
 * @param example one line about the row that breaks it most; empty if none does
 */
record BehaviourResult(
    String name,
    String kind,
    boolean passed,
    int rows,
    int kept,
    double value,
    double threshold,
    String example) {}
