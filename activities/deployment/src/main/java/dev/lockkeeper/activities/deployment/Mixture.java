package dev.lockkeeper.activities.deployment;

import java.util.Arrays;

/** Likelihood ratios of events that fall into one of two arms, and their equal mixture. */
final class Mixture {

  private Mixture() {}

  /**
   * Log of the likelihood ratio of odds that are {@code ratio} times those of a share: π becomes q
   * = rπ / (rπ + 1 − π).
   *
   * @param share π, above 0 and below 1
   * @param candidate events in the candidate's arm
   * @param stable events in the stable arm
   */
  static double logRatio(double ratio, double share, long candidate, long stable) {
    double odds = ratio * share + 1 - share;
    return candidate * Math.log(ratio / odds) - stable * Math.log(odds);
  }

  /** The mean of the numbers whose logs are given, computed around the largest. */
  static double mean(double[] logs) {
    double largest = Arrays.stream(logs).max().orElse(0);
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum();
    return Math.min(Double.MAX_VALUE, Math.exp(largest) * sum / logs.length);
  }
}
