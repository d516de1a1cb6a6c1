package dev.lockkeeper.formats.monitoring;

import java.time.Duration;

/**
 * How the live model is watched.
 *
 * @param every time between two comparisons
 * @param minimumRows a window with fewer predictions waits for more
 * @param threshold the population stability index from which a feature is reported, for example
 *     0.25; it must also be above the critical value for the rows at hand
 */
public record MonitoringSpecification(Duration every, long minimumRows, double threshold) {}
