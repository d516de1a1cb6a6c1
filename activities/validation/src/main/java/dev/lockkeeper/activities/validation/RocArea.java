package dev.lockkeeper.activities.validation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The area under the ROC curve, a tie being one half (Mann-Whitney), with what each row adds to its
 * error (DeLong, DeLong and Clarke-Pearson 1988; for rows of one unit Obuchowski 1997). The degrees
 * of freedom are those of Brunner and Munzel 2000: with four positives there are about three.
 *
 * @param value the area
 * @param influence each row's placement less the area, divided by the number of rows of its label
 * @param labels the labels, in row order
 */
record RocArea(double value, double[] influence, boolean[] labels) {

  /** Areas of rows that have both labels. */
  static RocArea of(double[] probabilities, boolean[] labels) {
    int[] rising =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> probabilities[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    int positives = (int) IntStream.range(0, labels.length).filter(row -> labels[row]).count();
    int negatives = labels.length - positives;
    double[] placements = new double[labels.length];
    int positivesBelow = 0;
    int negativesBelow = 0;
    double area = 0;
    for (int from = 0; from < rising.length; ) {
      int to = from;
      int tiedPositives = 0;
      while (to < rising.length && probabilities[rising[to]] == probabilities[rising[from]]) {
        tiedPositives += labels[rising[to++]] ? 1 : 0;
      }
      int tiedNegatives = to - from - tiedPositives;
      double below = (negativesBelow + tiedNegatives / 2.0) / negatives;
      double above = (positives - positivesBelow - tiedPositives / 2.0) / positives;
      for (int i = from; i < to; i++) {
        placements[rising[i]] = labels[rising[i]] ? below : above;
      }
      area += tiedPositives * below / positives;
      positivesBelow += tiedPositives;
      negativesBelow += tiedNegatives;
      from = to;
    }
    for (int row = 0; row < placements.length; row++) {
      placements[row] = (placements[row] - area) / (labels[row] ? positives : negatives);
    }
    return new RocArea(area, placements, labels);
  }

  /** The interval of the area, on the scale of its logit. */
  Interval interval(RowUnits units, double confidence) {
    Spread spread = spread(influence, units);
    if (value <= 0 || value >= 1) {
      double open = spread.unseen(confidence);
      return value >= 1 ? new Interval(1 - open, 1) : new Interval(0, open);
    }
    double centre = Math.log(value / (1 - value));
    double reach = spread.reach(confidence) / (value * (1 - value));
    return new Interval(expit(centre - reach), expit(centre + reach));
  }

  /**
   * The interval of this area less another's on the same rows, from the intervals of both and the
   * correlation of their errors (Zou and Donner 2008): an area near 1 may be less by more than it
   * may be more, and so may a difference.
   */
  Interval differenceInterval(RocArea other, RowUnits units, double confidence) {
    double[] difference = new double[influence.length];
    Arrays.setAll(difference, row -> influence[row] - other.influence[row]);
    double ours = spread(influence, units).error();
    double theirs = spread(other.influence, units).error();
    double apart = spread(difference, units).error();
    double both = (ours * ours + theirs * theirs - apart * apart) / 2;
    double correlation = both == 0 ? 0 : Math.max(-1, Math.min(1, both / (ours * theirs)));
    Interval first = interval(units, confidence);
    Interval second = other.interval(units, confidence);
    double centre = value - other.value;
    return new Interval(
        centre - together(value - first.low(), second.high() - other.value, correlation),
        centre + together(first.high() - value, other.value - second.low(), correlation));
  }

  private static double together(double ours, double theirs, double correlation) {
    return Math.sqrt(Math.max(0, ours * ours + theirs * theirs - 2 * correlation * ours * theirs));
  }

  private Spread spread(double[] values, RowUnits units) {
    double[] ofPositives = new double[values.length];
    double[] ofNegatives = new double[values.length];
    boolean[] negative = new boolean[values.length];
    for (int row = 0; row < values.length; row++) {
      negative[row] = !labels[row];
      (labels[row] ? ofPositives : ofNegatives)[row] = values[row];
    }
    double[] positives = units.sums(ofPositives);
    double[] negatives = units.sums(ofNegatives);
    double ofBoth = 0;
    for (int unit = 0; unit < positives.length; unit++) {
      ofBoth += positives[unit] * negatives[unit];
    }
    int withPositives = units.having(labels);
    int withNegatives = units.having(negative);
    return Spread.of(
        variance(positives, withPositives),
        variance(negatives, withNegatives),
        2 * ofBoth * units.count() / Math.max(1, units.count() - 1),
        withPositives,
        withNegatives);
  }

  private static double variance(double[] sums, int units) {
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    return squares * units / Math.max(1, units - 1);
  }

  private static double expit(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /**
   * How far an area may be off.
   *
   * @param error its standard error
   * @param degrees degrees of freedom of the error
   * @param units the smaller of the numbers of units with a positive and with a negative row
   */
  private record Spread(double error, double degrees, int units) {

    static Spread of(double positives, double negatives, double both, int above, int below) {
      double sum = positives + negatives;
      double byPositives = positives * positives / Math.max(1, above - 1);
      double byNegatives = negatives * negatives / Math.max(1, below - 1);
      int units = Math.min(above, below);
      double degrees =
          sum == 0 ? Math.max(1, units - 1) : Math.max(1, sum * sum / (byPositives + byNegatives));
      return new Spread(Math.sqrt(Math.max(0, sum + both)), degrees, units);
    }

    double quantile(double confidence) {
      return new TDistribution(degrees).inverseCumulativeProbability(0.5 + confidence / 2);
    }

    double reach(double confidence) {
      return error == 0 ? 0 : quantile(confidence) * error;
    }

    /** How often what was never seen may yet happen: Wilson's upper end of none of the units. */
    double unseen(double confidence) {
      double z = NormalQuantile.twoSided(confidence);
      return z * z / (units + z * z);
    }
  }
}
