package dev.lockkeeper.formats.monitoring;

import dev.lockkeeper.formats.Range;
import java.time.Duration;

/**
 * How the live model is watched.
 *
 * @param every time between two comparisons
 * @param minimumRows a window with fewer predictions waits for more
 * @param threshold the population stability index from which a feature is reported, for example
 *     0.25; smaller moves are reported too if the mean or a share moved by an amount that matters
 */
public record MonitoringSpecification(Duration every, long minimumRows, double threshold) {

  /** What a new pipeline may ask for. */
  public static final Range<Duration> PERIODS =
      new Range<>(Duration.ofSeconds(1), Duration.ofDays(30));

  /** The limit of recorded runs: the first ones looked more often. */
  private static final Range<Duration> RECORDED = new Range<>(Duration.ofMillis(1), PERIODS.high());

  public static final Range<Long> MINIMUM_ROWS = new Range<>(1L, (long) Integer.MAX_VALUE);

  public static final Range<Double> THRESHOLDS = new Range<>(0.001, 100.0);

  public MonitoringSpecification {
    RECORDED.require("monitoring.every", every);
    MINIMUM_ROWS.require("monitoring.minimumRows", minimumRows);
    THRESHOLDS.require("monitoring.threshold", threshold);
  }
}
