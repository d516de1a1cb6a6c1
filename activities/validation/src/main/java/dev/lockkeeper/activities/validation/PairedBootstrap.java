package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The intervals of all metrics on one hold-out. Losses, and the differences of shares, are drawn by
 * the Bayesian bootstrap (Rubin 1981): each sample weighs each unit with a standard exponential
 * variate, and candidate and stable model are measured on the same weights, so the difference is
 * paired. Areas have DeLong's interval, single shares Wilson's.
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

    /** This estimate with the comparison of another one, which is of fewer rows. */
    Estimate comparedAs(Estimate other) {
      return new Estimate(metric, value, interval, other.baseline, other.gain, other.gainInterval);
    }

    MetricValue metricValue() {
      return new MetricValue(metric.label(), value, interval.low(), interval.high(), baseline);
    }
  }

  /**
   * Draws of the metrics.
   *
   * @param values the candidate's, by metric and sample
   * @param gains over the stable model, by metric and sample
   */
  private record Draws(double[][] values, double[][] gains) {}

  /** As a pipeline asks for it. */
  static PairedBootstrap of(ValidationSpecification asked) {
    return new PairedBootstrap(asked.bootstrapSamples(), asked.confidence(), asked.seed());
  }

  /** Estimates every metric, in the order of {@link Metric}. */
  List<Estimate> estimate(ScoredRows candidate, @Nullable ScoredRows stable, RowUnits units) {
    Draws draws = draw(candidate, stable, units);
    double[] ours = candidate.metrics();
    double @Nullable [] theirs = stable == null ? null : stable.metrics();
    List<Estimate> estimates = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      int m = metric.ordinal();
      Interval interval = interval(metric, candidate, units, ours[m], draws.values()[m]);
      if (stable == null || theirs == null) {
        estimates.add(new Estimate(metric, ours[m], interval, null, null, null));
      } else {
        double gain = gain(metric, ours[m], theirs[m]);
        Interval ofGain = gainInterval(metric, candidate, stable, units, gain, draws.gains()[m]);
        estimates.add(new Estimate(metric, ours[m], interval, theirs[m], gain, ofGain));
      }
    }
    return estimates;
  }

  private Interval interval(
      Metric metric, ScoredRows candidate, RowUnits units, double value, double[] draws) {
    if (metric == Metric.AUC) {
      return candidate.area().interval(units, confidence);
    }
    DesignEffect effect = candidate.effect(metric, units);
    Interval counted = candidate.outcomes().interval(metric, effect, confidence);
    return counted == null ? drawn(draws, value, rarer(candidate, units)) : counted;
  }

  /** Models that answer each row alike differ by nothing, on these rows and on any. */
  private Interval gainInterval(
      Metric metric,
      ScoredRows candidate,
      ScoredRows stable,
      RowUnits units,
      double gain,
      double[] draws) {
    if (candidate.answersAs(stable)) {
      return new Interval(0, 0);
    }
    return metric == Metric.AUC
        ? candidate.area().differenceInterval(stable.area(), units, confidence)
        : drawn(draws, gain, rarer(candidate, units));
  }

  private static int rarer(ScoredRows scored, RowUnits units) {
    LabelledUnits labelled = LabelledUnits.of(scored.labels(), units);
    return Math.min(labelled.positives(), labelled.negatives());
  }

  /** The percentile interval, as much wider as few units of the rarer label ask for. */
  private Interval drawn(double[] draws, double value, int rarer) {
    Interval percentile = Interval.percentile(draws, confidence).with(value);
    int degrees = Math.max(1, rarer - 1);
    double wider =
        new TDistribution(degrees).inverseCumulativeProbability(0.5 + confidence / 2)
            / NormalQuantile.twoSided(confidence)
            * Math.sqrt((rarer + 1.0) / degrees);
    return new Interval(
        value - wider * (value - percentile.low()), value + wider * (percentile.high() - value));
  }

  private Draws draw(ScoredRows candidate, @Nullable ScoredRows stable, RowUnits units) {
    int count = Metric.values().length;
    Draws draws = new Draws(new double[count][samples], new double[count][samples]);
    UnitSums ours = UnitSums.of(candidate, units);
    UnitSums theirs = stable == null ? ours : UnitSums.of(stable, units);
    double discordant = stable == null ? 1 : discordantRows(candidate, stable, units);
    SplittableRandom random = new SplittableRandom(seed);
    double[] weights = new double[units.count()];
    for (int sample = 0; sample < samples; sample++) {
      for (int unit = 0; unit < weights.length; unit++) {
        weights[unit] = exponential(random);
      }
      RowSums first = ours.weighted(weights);
      RowSums second = theirs.weighted(weights);
      Unseen unseen = Unseen.draw(random, discordant);
      double[] values = first.metrics();
      double[] gains = gains(first, second);
      double[] countedGains = gains(unseen.candidate(first), unseen.stable(second));
      for (Metric metric : Metric.values()) {
        int m = metric.ordinal();
        draws.values()[m][sample] = values[m];
        draws.gains()[m][sample] =
            switch (metric) {
              case AUC, LOG_LOSS, BRIER -> gains[m];
              case ACCURACY, PRECISION, RECALL, F1 -> countedGains[m];
            };
      }
    }
    return draws;
  }

  /** How many rows are decided differently in a unit that has any. */
  private static double discordantRows(ScoredRows candidate, ScoredRows stable, RowUnits units) {
    boolean[] differs = new boolean[candidate.rows()];
    int rows = 0;
    for (int row = 0; row < differs.length; row++) {
      differs[row] = candidate.predicted()[row] != stable.predicted()[row];
      rows += differs[row] ? 1 : 0;
    }
    return rows == 0 ? 1 : (double) rows / units.having(differs);
  }

  private static double[] gains(RowSums ours, RowSums theirs) {
    double[] first = ours.metrics();
    double[] second = theirs.metrics();
    double[] gains = new double[first.length];
    for (Metric metric : Metric.values()) {
      int m = metric.ordinal();
      gains[m] = gain(metric, first[m], second[m]);
    }
    return gains;
  }

  private static double gain(Metric metric, double ours, double theirs) {
    return metric.higherIsBetter() ? ours - theirs : theirs - ours;
  }

  private static double exponential(SplittableRandom random) {
    return -StrictMath.log(1 - random.nextDouble());
  }

  /**
   * Rows on which the models decide differently and of which the hold-out may show none: one unit
   * of each kind, as Bonett and Price 2012 add one to each discordant cell. Without them a
   * difference of shares that few rows make would have no width.
   *
   * @param found positives that only the candidate finds
   * @param missed positives that only the stable model finds
   * @param alarmed negatives that only the candidate predicts positive
   * @param calmed negatives that only the stable model predicts positive
   */
  private record Unseen(double found, double missed, double alarmed, double calmed) {

    static Unseen draw(SplittableRandom random, double rows) {
      return new Unseen(
          rows * exponential(random),
          rows * exponential(random),
          rows * exponential(random),
          rows * exponential(random));
    }

    RowSums candidate(RowSums sums) {
      return add(sums, found, alarmed);
    }

    RowSums stable(RowSums sums) {
      return add(sums, missed, calmed);
    }

    private RowSums add(RowSums sums, double hits, double alarms) {
      return new RowSums(
          sums.rows() + found + missed + alarmed + calmed,
          sums.positives() + found + missed,
          sums.predicted() + hits + alarms,
          sums.truePositives() + hits,
          sums.logLoss(),
          sums.squaredError());
    }
  }
}
