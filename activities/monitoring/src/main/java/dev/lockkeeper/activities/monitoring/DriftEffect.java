package dev.lockkeeper.activities.monitoring;

import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How much a subject moved, in a kind that people know, whatever the number of rows. The population
 * stability index is blind to small moves that matter: a shift of a quarter of a standard deviation
 * is an index of 0.06.
 *
 * @param statistic {@code shift}: how far the values moved, in standard deviations of the
 *     baseline's normal scores; {@code share}: how far the share of one value or of missing ones
 *     moved, as Cohen's h, the difference of 2 arcsin √share
 * @param value its size
 * @param critical what stable data exceed in 1 % of windows of this size
 * @param threshold from which it is reported
 * @param bin the bin that moved most
 */
record DriftEffect(String statistic, double value, double critical, double threshold, int bin) {

  static final String SHIFT = "shift";
  static final String SHARE = "share";

  /** Cohen 1988: a small effect. */
  static final double SHIFT_THRESHOLD = 0.2;

  /** Half of a small effect: 10 → 13.2 %, 1 → 2.2 %, 0 → 0.25 %. */
  static final double SHARE_THRESHOLD = 0.1;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final double QUANTILE =
      NORMAL.inverseCumulativeProbability(1 - StabilityIndex.SIGNIFICANCE / 2);
  private static final double FURTHEST = 0.001;

  boolean isReported() {
    return Math.abs(value) >= threshold;
  }

  /** How many times its threshold it is. */
  double size() {
    return Math.abs(value) / threshold;
  }

  /**
   * How far the values moved along their order. A missing value has no place in it.
   *
   * @param error the standard error of an effect where nothing changed
   */
  static DriftEffect shift(long[] reference, long[] window, double error, int moved) {
    int values = reference.length - 1;
    double n = IntStream.range(0, values).mapToLong(bin -> reference[bin]).sum();
    double m = IntStream.range(0, values).mapToLong(bin -> window[bin]).sum();
    double below = 0;
    double mean = 0;
    double variance = 0;
    for (int bin = 0; bin < values && n > 0 && m > 0; bin++) {
      double share = reference[bin] / n;
      double score = score(below, share);
      below += share;
      mean += window[bin] / m * score;
      variance += share * score * score;
    }
    double value = variance == 0 ? 0 : mean / Math.sqrt(variance);
    return new DriftEffect(SHIFT, value, QUANTILE * error, SHIFT_THRESHOLD, moved);
  }

  /** The mean of a standard normal variate between two of its quantiles. */
  private static double score(double below, double share) {
    if (share == 0) {
      return NORMAL.inverseCumulativeProbability(Math.max(FURTHEST, Math.min(1 - FURTHEST, below)));
    }
    return (density(below) - density(below + share)) / share;
  }

  private static double density(double probability) {
    return probability <= 0 || probability >= 1
        ? 0
        : NORMAL.density(NORMAL.inverseCumulativeProbability(probability));
  }

  /** The largest move of a share among some bins. */
  static DriftEffect share(long[] reference, long[] window, double error, int[] bins) {
    double n = IntStream.range(0, reference.length).mapToLong(bin -> reference[bin]).sum();
    double m = IntStream.range(0, window.length).mapToLong(bin -> window[bin]).sum();
    double largest = 0;
    int moved = reference.length - 1;
    for (int bin : bins) {
      double h = angle(window[bin] / m) - angle(reference[bin] / n);
      if (Math.abs(h) > Math.abs(largest)) {
        largest = h;
        moved = bin;
      }
    }
    return new DriftEffect(SHARE, largest, QUANTILE * error, SHARE_THRESHOLD, moved);
  }

  private static double angle(double share) {
    return 2 * Math.asin(Math.sqrt(share));
  }
}
