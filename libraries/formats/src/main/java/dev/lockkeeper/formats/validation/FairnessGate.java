package dev.lockkeeper.formats.validation;

import dev.lockkeeper.formats.Range;
import dev.lockkeeper.formats.Required;

/**
 * A gate on one group fairness metric.
 *
 * @param column the column whose values are the groups
 * @param metric which metric
 * @param threshold smallest accepted ratio, or largest accepted difference
 * @param minimumGroup groups with fewer hold-out rows are left out; with fewer than two groups left
 *     the gate is inconclusive
 * @param inconclusiveBlocks whether an inconclusive gate (the interval contains the threshold)
 *     refuses the model
 */
public record FairnessGate(
    String column,
    FairnessMetric metric,
    double threshold,
    int minimumGroup,
    boolean inconclusiveBlocks) {

  public static final Range<Double> THRESHOLDS = new Range<>(0.0, 1.0);

  public static final Range<Long> GROUPS = new Range<>(1L, (long) Integer.MAX_VALUE);

  public FairnessGate {
    Required.value("validation.fairness.column", column);
    Required.value("validation.fairness.metric", metric);
    THRESHOLDS.require("validation.fairness.threshold", threshold);
    GROUPS.require("validation.fairness.minimumGroup", (long) minimumGroup);
  }
}
