package dev.lockkeeper.formats.validation;

/**
 * A gate on one group fairness metric.
 *
 * @param column the column whose values are the groups
 * @param metric which metric
 * @param threshold smallest accepted ratio, or largest accepted difference
 * @param minimumGroup groups with fewer hold-out rows are left out; with fewer than two groups left
 *     the gate is inconclusive
 * @param inconclusiveBlocks whether an inconclusive gate (the interval holds the threshold) refuses
 *     the model
 */
public record FairnessGate(
    String column,
    FairnessMetric metric,
    double threshold,
    int minimumGroup,
    boolean inconclusiveBlocks) {}
