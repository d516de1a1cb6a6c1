package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.FairnessMetric;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The two groups, and the rate of theirs, that make the value of a metric: the group that has most
 * of it and the one that has least.
 *
 * @param rate the rate
 * @param most the group that has most, by its place
 * @param least the group that has least, by its place
 * @param isRatio whether the rates are divided, not subtracted
 * @param among from how many comparisons this one was chosen
 */
record WidestGroupGap(
    ToDoubleFunction<Rates> rate, int most, int least, boolean isRatio, int among) {

  static WidestGroupGap widest(FairnessMetric metric, List<Rates> groups) {
    int pairs = groups.size() * (groups.size() - 1) / 2;
    return switch (metric) {
      case DEMOGRAPHIC_PARITY_DIFFERENCE -> of(groups, Rates::selection, false, pairs);
      case DEMOGRAPHIC_PARITY_RATIO -> of(groups, Rates::selection, true, pairs);
      case EQUALIZED_ODDS_DIFFERENCE -> {
        WidestGroupGap positives = of(groups, Rates::truePositive, false, 2 * pairs);
        WidestGroupGap negatives = of(groups, Rates::falsePositive, false, 2 * pairs);
        yield positives.value(groups) >= negatives.value(groups) ? positives : negatives;
      }
    };
  }

  private static WidestGroupGap of(
      List<Rates> groups, ToDoubleFunction<Rates> rate, boolean isRatio, int among) {
    Comparator<Integer> byRate =
        Comparator.comparingDouble(group -> rate.applyAsDouble(groups.get(group)));
    int most = IntStream.range(0, groups.size()).boxed().max(byRate).orElseThrow();
    int least =
        IntStream.range(0, groups.size())
            .boxed()
            .filter(group -> group != most)
            .min(byRate)
            .orElseThrow();
    return new WidestGroupGap(rate, most, least, isRatio, among);
  }

  /** The comparison for other rates of the groups; no further than equality. */
  double value(List<Rates> groups) {
    double high = rate.applyAsDouble(groups.get(most));
    double low = rate.applyAsDouble(groups.get(least));
    return isRatio ? Math.min(1, low / high) : Math.max(0, high - low);
  }

  /**
   * The interval of the metric. Draws of the metric itself lie away from equality, where noise
   * alone makes one group the largest; so the end towards equality is that of these two groups, who
   * were chosen for their distance (Bonferroni), and only the other end that of the metric.
   *
   * @param metric draws of the metric
   * @param contrast draws of this comparison
   */
  Interval interval(double[] metric, double[] contrast, double confidence) {
    double tail = (1 - confidence) / 2;
    Interval all = Interval.percentile(metric, confidence);
    Interval pair = Interval.percentile(contrast, 1 - 2 * tail / among);
    return isRatio ? new Interval(all.low(), pair.high()) : new Interval(pair.low(), all.high());
  }
}
