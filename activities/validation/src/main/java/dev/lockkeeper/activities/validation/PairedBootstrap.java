package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap of rows (Efron and Tibshirani 1993, chapter 13): every sample draws as many rows as
 * there are, with replacement, and candidate and stable model are measured on the same draw, so the
 * difference is paired.
 *
 * @param samples number of samples
 * @param confidence confidence of the intervals
 * @param seed seed of the draws; equal seeds give equal intervals
 */
record PairedBootstrap(int samples, double confidence, long seed) {

  /**
   * One metric.
   *
   * @param metric which
   * @param value the candidate's value
   * @param interval its interval
   * @param baseline the stable model's value; null without one
   * @param gain how much better the candidate is (positive is better, whatever the metric's
   *     direction); null without a stable model
   * @param gainInterval the interval of the gain; null without a stable model
   */
  record Estimate(
      Metric metric,
      double value,
      Interval interval,
      @Nullable Double baseline,
      @Nullable Double gain,
      @Nullable Interval gainInterval) {

    MetricValue metricValue() {
      return new MetricValue(metric.label(), value, interval.low(), interval.high(), baseline);
    }
  }

  /**
   * Estimates every metric, in the order of {@link Metric}. The interval of a share of counted rows
   * is that of its counts, for a sample of few knows no other outcome than those it saw; all others
   * are percentile intervals.
   */
  List<Estimate> estimate(ScoredRows candidate, @Nullable ScoredRows stable) {
    int count = Metric.values().length;
    double[][] values = new double[count][samples];
    double[][] gains = new double[count][samples];
    SplittableRandom random = new SplittableRandom(seed);
    int[] weights = new int[candidate.rows()];
    for (int sample = 0; sample < samples; sample++) {
      draw(random, weights);
      double[] ours = candidate.metrics(weights);
      double[] theirs = stable == null ? ours : stable.metrics(weights);
      for (Metric metric : Metric.values()) {
        int m = metric.ordinal();
        values[m][sample] = ours[m];
        gains[m][sample] = gain(metric, ours[m], theirs[m]);
      }
    }
    double[] ours = candidate.metrics();
    ConfusionMatrix outcomes = candidate.outcomes();
    double @Nullable [] theirs = stable == null ? null : stable.metrics();
    List<Estimate> estimates = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      int m = metric.ordinal();
      Interval counted = outcomes.interval(metric, confidence);
      Interval interval = counted == null ? Interval.percentile(values[m], confidence) : counted;
      estimates.add(
          theirs == null
              ? new Estimate(metric, ours[m], interval, null, null, null)
              : new Estimate(
                  metric,
                  ours[m],
                  interval,
                  theirs[m],
                  gain(metric, ours[m], theirs[m]),
                  Interval.percentile(gains[m], confidence)));
    }
    return estimates;
  }

  private static double gain(Metric metric, double ours, double theirs) {
    return metric.higherIsBetter() ? ours - theirs : theirs - ours;
  }

  private static void draw(SplittableRandom random, int[] weights) {
    Arrays.fill(weights, 0);
    for (int i = 0; i < weights.length; i++) {
      weights[random.nextInt(weights.length)]++;
    }
  }
}
