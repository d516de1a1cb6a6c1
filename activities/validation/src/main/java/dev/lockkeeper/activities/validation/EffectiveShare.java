package dev.lockkeeper.activities.validation;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A share of a group's rows, counted in independent rows: a design effect divides both counts. What
 * it may be is a beta distribution with Jeffreys' prior, a half for each side (Brown, Cai and
 * DasGupta 2001): nobody of twelve is not nobody for certain.
 *
 * @param part the rows that it counts
 * @param whole the rows that it counts among
 */
record EffectiveShare(double part, double whole) {

  private static final double PRIOR = 0.5;

  static EffectiveShare of(int part, int whole, double effect) {
    return new EffectiveShare(part / effect, whole / effect);
  }

  double observed() {
    return part / whole;
  }

  /** Where it lies by its distribution: never 0 or 1. */
  double mean() {
    return (part + PRIOR) / (whole + 2 * PRIOR);
  }

  /** A lower end that it lies below with a probability. */
  double low(double tail) {
    return part == 0 ? 0 : beta().inverseCumulativeProbability(tail);
  }

  /** An upper end that it lies above with a probability. */
  double high(double tail) {
    return part == whole ? 1 : beta().inverseCumulativeProbability(1 - tail);
  }

  private BetaDistribution beta() {
    return new BetaDistribution(part + PRIOR, whole - part + PRIOR);
  }

  double draw(RandomGenerator random) {
    return draw(random, PRIOR, PRIOR);
  }

  /** A draw with another prior. */
  double draw(RandomGenerator random, double priorPart, double priorRest) {
    double hit = new GammaDistribution(random, part + priorPart, 1).sample();
    double rest = new GammaDistribution(random, whole - part + priorRest, 1).sample();
    return hit / (hit + rest);
  }
}
