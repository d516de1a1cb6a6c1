package dev.lockkeeper.activities.validation;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Normal variates of a seeded source. */
final class NormalDraw {

  private NormalDraw() {}

  static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  static double quantile(double probability) {
    return new NormalDistribution().inverseCumulativeProbability(probability);
  }
}
