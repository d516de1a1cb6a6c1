package dev.lockkeeper.activities.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * The population stability index of a window against the reference: Σ (p − q) ln(p / q) over the
 * bins, p the reference's share. Where nothing changed it is distributed about as (1/n + 1/m) times
 * χ² with one degree of freedom less than there are bins (Yurdakul and Naranjo 2020), and for rows
 * that came in few requests as F, which is χ² for many. That holds for bins of which at least five
 * rows are expected, so the test joins sparser ones with their neighbours; the index itself is of
 * all bins.
 *
 * @param value the index
 * @param critical what stable data exceed in 1 % of windows of this size
 * @param pValue probability of so large an index of the joined bins where nothing changed
 * @param bins bins that have rows on either side
 * @param moved the bin whose share moved most
 * @param error the standard error of a mean difference of unit variance where nothing changed
 */
record StabilityIndex(
    double value, double critical, double pValue, int bins, int moved, double error) {

  static final double SIGNIFICANCE = 0.01;

  /** An empty bin counts as half a row, so that the index stays finite. */
  private static final double EMPTY_BIN = 0.5;

  private static final double EXPECTED = 5;

  /**
   * Compares two histograms over the same bins.
   *
   * @param reference rows of the reference in each bin; at least one row in all
   * @param window rows of the window in each bin; at least one row in all
   * @param effect how many times fewer independent rows the window has
   * @param requests requests that the window's rows came in: with few of them the effect itself is
   *     hardly known (Thomas and Rao 1987)
   */
  static StabilityIndex of(long[] reference, long[] window, double effect, long requests) {
    double n = Arrays.stream(reference).sum();
    double m = Arrays.stream(window).sum();
    int bins = 0;
    int moved = 0;
    double largest = -1;
    for (int bin = 0; bin < reference.length; bin++) {
      bins += reference[bin] > 0 || window[bin] > 0 ? 1 : 0;
      double change = Math.abs(reference[bin] / n - window[bin] / m);
      if (change > largest) {
        largest = change;
        moved = bin;
      }
    }
    double scale = 1 / n + effect / m;
    List<long[]> joined = join(reference, window, Math.min(n, m / effect));
    if (bins < 2 || joined.size() < 2) {
      return new StabilityIndex(
          index(reference, window, n, m), 0, 1, bins, moved, Math.sqrt(scale));
    }
    int freedom = joined.size() - 1;
    FDistribution stable = new FDistribution(null, freedom, Math.max(1, requests - 1));
    double tested =
        index(
            joined.stream().mapToLong(pair -> pair[0]).toArray(),
            joined.stream().mapToLong(pair -> pair[1]).toArray(),
            n,
            m);
    return new StabilityIndex(
        index(reference, window, n, m),
        scale * freedom * stable.inverseCumulativeProbability(1 - SIGNIFICANCE),
        1 - stable.cumulativeProbability(tested / scale / freedom),
        bins,
        moved,
        Math.sqrt(scale));
  }

  private static double index(long[] reference, long[] window, double n, double m) {
    double value = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      if (reference[bin] > 0 || window[bin] > 0) {
        double p = Math.max(reference[bin], EMPTY_BIN) / n;
        double q = Math.max(window[bin], EMPTY_BIN) / m;
        value += (p - q) * StrictMath.log(p / q);
      }
    }
    return value;
  }

  /**
   * Joins neighbouring bins until each has enough rows.
   *
   * @param smaller the smaller number of independent rows of both sides
   */
  private static List<long[]> join(long[] reference, long[] window, double smaller) {
    double all = Arrays.stream(reference).sum() + Arrays.stream(window).sum();
    List<long[]> joined = new ArrayList<>();
    long[] open = new long[2];
    for (int bin = 0; bin < reference.length; bin++) {
      open[0] += reference[bin];
      open[1] += window[bin];
      if ((open[0] + open[1]) / all * smaller >= EXPECTED) {
        joined.add(open);
        open = new long[2];
      }
    }
    if (!joined.isEmpty()) {
      long[] last = joined.get(joined.size() - 1);
      last[0] += open[0];
      last[1] += open[1];
    }
    return joined;
  }
}
