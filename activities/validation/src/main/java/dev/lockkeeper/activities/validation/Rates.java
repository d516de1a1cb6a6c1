package dev.lockkeeper.activities.validation;

import java.util.function.Supplier;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The rates of a group that fairness metrics compare.
 *
 * @param selection share of the rows that are predicted positive
 * @param truePositive share of positive rows that are predicted positive; not a number without any
 * @param falsePositive share of negative rows that are predicted positive; not a number without any
 */
record Rates(double selection, double truePositive, double falsePositive) {

  private static final double PRIOR = 0.5;

  /** Rates from the four cells, as counts or as shares. */
  static Rates of(
      double truePositives, double falsePositives, double falseNegatives, double trueNegatives) {
    double positives = truePositives + falseNegatives;
    double negatives = falsePositives + trueNegatives;
    return new Rates(
        (truePositives + falsePositives) / (positives + negatives),
        truePositives / positives,
        falsePositives / negatives);
  }

  /**
   * Draws of what the rates may be, given the counts: Dirichlet with a half added to each cell,
   * made of gamma variates.
   */
  static Supplier<Rates> draws(GroupRates counted, RandomGenerator random) {
    GammaDistribution truePositives = gamma(counted.truePositives(), random);
    GammaDistribution falsePositives = gamma(counted.falsePositives(), random);
    GammaDistribution falseNegatives = gamma(counted.falseNegatives(), random);
    GammaDistribution trueNegatives = gamma(counted.trueNegatives(), random);
    return () ->
        of(
            truePositives.sample(),
            falsePositives.sample(),
            falseNegatives.sample(),
            trueNegatives.sample());
  }

  private static GammaDistribution gamma(int count, RandomGenerator random) {
    return new GammaDistribution(random, count + PRIOR, 1);
  }
}
