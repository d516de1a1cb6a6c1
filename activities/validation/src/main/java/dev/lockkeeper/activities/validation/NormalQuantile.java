package dev.lockkeeper.activities.validation;

import org.apache.commons.math3.distribution.NormalDistribution;

/** Quantiles of the standard normal distribution. */
final class NormalQuantile {

  private NormalQuantile() {}

  /** The half width, in standard errors, of a two-sided interval. */
  static double twoSided(double confidence) {
    return new NormalDistribution().inverseCumulativeProbability(0.5 + confidence / 2);
  }
}
