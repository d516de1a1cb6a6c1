package dev.lockkeeper.activities.validation;

import java.util.Arrays;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end
 */
record Interval(double low, double high) {

  /**
   * The percentile interval of bootstrap estimates: quantiles of type 7, estimates that are not a
   * number left out.
   */
  static Interval percentile(double[] estimates, double confidence) {
    double[] finite = Arrays.stream(estimates).filter(Double::isFinite).sorted().toArray();
    if (finite.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    double tail = (1 - confidence) / 2;
    return new Interval(quantile(finite, tail), quantile(finite, 1 - tail));
  }

  /** Quantile of type 7 (Hyndman and Fan 1996) of sorted values. */
  static double quantile(double[] sorted, double probability) {
    double position = probability * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** The smallest interval that contains this one and a value. */
  Interval with(double value) {
    return new Interval(Math.min(low, value), Math.max(high, value));
  }

  boolean holds(double value) {
    return low <= value && value <= high;
  }
}
