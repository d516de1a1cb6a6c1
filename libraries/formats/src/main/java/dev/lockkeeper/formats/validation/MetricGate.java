package dev.lockkeeper.formats.validation;

import org.jspecify.annotations.Nullable;

/**
 * A gate on one metric.
 *
 * @param metric which
 * @param minimum the value must not be below; null for none
 * @param maximum the value must not be above; null for none
 * @param margin the largest loss against the stable model that is accepted: the interval of the
 *     paired difference must lie inside it. Null compares with nothing
 */
public record MetricGate(
    Metric metric, @Nullable Double minimum, @Nullable Double maximum, @Nullable Double margin) {}
