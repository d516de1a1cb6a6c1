package dev.lockkeeper.activities.validation;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * How much larger the variance of a share is than that of as many independent rows (Kish 1965): a
 * share of 1,000 rows with effect 5 is known as well as one of 200 independent rows.
 *
 * @param value the effect, at least 1
 * @param units units that have a row which counts; 0 if each row is a unit
 */
record DesignEffect(double value, int units) {

  static final DesignEffect NONE = new DesignEffect(1, 0);

  /**
   * The effect of units on a share.
   *
   * @param part the rows that the share counts
   * @param whole the rows that it counts among
   */
  static DesignEffect of(boolean[] part, boolean[] whole, RowUnits units) {
    double all = count(whole);
    if (units.isEachRow() || all == 0) {
      return NONE;
    }
    double share = count(part) / all;
    double[] deviations = new double[whole.length];
    for (int row = 0; row < whole.length; row++) {
      deviations[row] = whole[row] ? (part[row] ? 1 : 0) - share : 0;
    }
    int having = units.having(whole);
    if (having == 1 || share == 0 || share == 1) {
      return new DesignEffect(all / having, having);
    }
    double squares = 0;
    for (double sum : units.sums(deviations)) {
      squares += sum * sum;
    }
    double variance = squares * having / (having - 1);
    return new DesignEffect(Math.max(1, variance / (all * share * (1 - share))), having);
  }

  /** The half width, in standard errors, of a two-sided interval. */
  double quantile(double confidence) {
    return units == 0
        ? NormalQuantile.twoSided(confidence)
        : new TDistribution(Math.max(1, units - 1))
            .inverseCumulativeProbability(0.5 + confidence / 2);
  }

  private static int count(boolean[] marked) {
    int count = 0;
    for (boolean each : marked) {
      count += each ? 1 : 0;
    }
    return count;
  }
}
