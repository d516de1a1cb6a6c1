package dev.lockkeeper.activities.monitoring;

import java.util.Arrays;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index of a window against the reference: Σ (p − q) ln(p / q) over the
 * bins, p the reference's share. Where nothing changed it is distributed about as (1/n + 1/m) times
 * χ² with one degree of freedom less than there are bins (Yurdakul and Naranjo 2020).
 *
 * @param value the index
 * @param critical what stable data exceed in 1 % of windows of this size
 * @param pValue probability of so large an index where nothing changed
 * @param bins bins that have rows on either side
 * @param moved the bin whose share moved most
 */
record StabilityIndex(double value, double critical, double pValue, int bins, int moved) {

  static final double SIGNIFICANCE = 0.01;

  /** An empty bin counts as half a row, so that the index stays finite. */
  private static final double EMPTY_BIN = 0.5;

  /**
   * Compares two histograms over the same bins.
   *
   * @param reference rows of the reference in each bin; at least one row in all
   * @param window rows of the window in each bin; at least one row in all
   */
  static StabilityIndex of(long[] reference, long[] window) {
    double n = Arrays.stream(reference).sum();
    double m = Arrays.stream(window).sum();
    double value = 0;
    int bins = 0;
    int moved = 0;
    double largest = -1;
    for (int bin = 0; bin < reference.length; bin++) {
      if (reference[bin] == 0 && window[bin] == 0) {
        continue;
      }
      bins++;
      double p = Math.max(reference[bin], EMPTY_BIN) / n;
      double q = Math.max(window[bin], EMPTY_BIN) / m;
      value += (p - q) * StrictMath.log(p / q);
      double change = Math.abs(reference[bin] / n - window[bin] / m);
      if (change > largest) {
        largest = change;
        moved = bin;
      }
    }
    if (bins < 2) {
      return new StabilityIndex(0, 0, 1, bins, moved);
    }
    ChiSquaredDistribution stable = new ChiSquaredDistribution(null, bins - 1);
    double scale = 1 / n + 1 / m;
    return new StabilityIndex(
        value,
        scale * stable.inverseCumulativeProbability(1 - SIGNIFICANCE),
        1 - stable.cumulativeProbability(value / scale),
        bins,
        moved);
  }
}
