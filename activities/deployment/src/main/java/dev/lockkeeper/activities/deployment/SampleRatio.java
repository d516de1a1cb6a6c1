package dev.lockkeeper.activities.deployment;

import java.util.Arrays;

/**
 * An always-valid test of the split itself: whether the keys fall into the candidate's arm with the
 * share that the manifest gives it. Each key does so by itself, by its hash. The alternatives are
 * odds that are wrong by a factor, in either direction (Lindon and Malek 2022, with a mixture of
 * points).
 */
final class SampleRatio {

  /** A split that is as it should be is called wrong with a chance of at most 1 in 1,000. */
  static final double WRONG = 1_000;

  private static final double[] FACTORS = {0.5, 0.8, 0.9, 0.95, 1 / 0.95, 1 / 0.9, 1.25, 2};

  private SampleRatio() {}

  /**
   * The e-value of a wrong split.
   *
   * @param share the candidate's share, above 0 and below 1
   * @param candidate different keys in the candidate's arm
   * @param stable different keys in the stable arm
   */
  static double eValue(double share, long candidate, long stable) {
    return Mixture.mean(
        Arrays.stream(FACTORS)
            .map(factor -> Mixture.logRatio(factor, share, candidate, stable))
            .toArray());
  }
}
