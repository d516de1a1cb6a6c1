package dev.lockkeeper.formats.run;

import org.jspecify.annotations.Nullable;

/**
 * A metric on the hold-out with its interval, beside the stable model's value on the same rows.
 *
 * @param name lower-case name, for example {@code auc}
 * @param value the point estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param baseline the stable model's value on the same rows; null for a first release
 */
public record MetricValue(
    String name, double value, double low, double high, @Nullable Double baseline) {}
