package dev.lockkeeper.activities.validation;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.special.Beta;

/**
 * The same rate of many groups, each drawn towards all others as far as its own rows do not say
 * otherwise: a beta-binomial hierarchy (Gelman et al. 2013, section 5.3) over a grid of the mean
 * and of the concentration of the groups, whose standard deviation is uniform before the data.
 */
final class ShrunkRates {

  private static final int MEANS = 15;
  private static final int CONCENTRATIONS = 30;
  private static final double LARGEST_LOG = 14;

  private final List<EffectiveShare> groups;
  private final RandomGenerator random;
  private final double[] means = new double[MEANS];
  private final double[] concentrations = new double[CONCENTRATIONS];
  private final double[] cumulated = new double[MEANS * CONCENTRATIONS];

  ShrunkRates(List<EffectiveShare> groups, RandomGenerator random) {
    this.groups = groups;
    this.random = random;
    double least = groups.stream().mapToDouble(EffectiveShare::mean).min().orElseThrow();
    double most = groups.stream().mapToDouble(EffectiveShare::mean).max().orElseThrow();
    for (int i = 0; i < MEANS; i++) {
      double along = i / (MEANS - 1.0);
      double logit = (1 - along) * logit(least) + along * logit(most);
      means[i] = 1 / (1 + Math.exp(-logit));
    }
    for (int i = 0; i < CONCENTRATIONS; i++) {
      concentrations[i] = Math.exp(LARGEST_LOG * i / (CONCENTRATIONS - 1));
    }
    cumulate();
  }

  private static double logit(double share) {
    return Math.log(share / (1 - share));
  }

  private void cumulate() {
    double[] logs = new double[cumulated.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = logDensity(means[i / CONCENTRATIONS], concentrations[i % CONCENTRATIONS]);
    }
    double largest = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (int i = 0; i < logs.length; i++) {
      sum += Math.exp(logs[i] - largest);
      cumulated[i] = sum;
    }
  }

  private double logDensity(double mean, double concentration) {
    double hits = mean * concentration;
    double rest = (1 - mean) * concentration;
    double own = Beta.logBeta(hits, rest);
    double log =
        Math.log(mean * (1 - mean)) + Math.log(concentration) - 1.5 * Math.log(concentration + 1);
    for (EffectiveShare group : groups) {
      log += Beta.logBeta(hits + group.part(), rest + group.whole() - group.part()) - own;
    }
    return log;
  }

  /** A draw of all groups' rates. */
  double[] draw() {
    double place = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, place);
    int cell = Math.min(cumulated.length - 1, found >= 0 ? found : -found - 1);
    double mean = means[cell / CONCENTRATIONS];
    double concentration = concentrations[cell % CONCENTRATIONS];
    return groups.stream()
        .mapToDouble(group -> group.draw(random, mean * concentration, (1 - mean) * concentration))
        .toArray();
  }
}
