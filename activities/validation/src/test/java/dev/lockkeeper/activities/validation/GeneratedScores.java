package dev.lockkeeper.activities.validation;

import java.util.SplittableRandom;

/**
 * Seeded rows with a known relation between score and label.
 *
 * @param labels labels
 * @param better answers of a calibrated model
 * @param worse answers of a model that sees the same with noise
 */
record GeneratedScores(boolean[] labels, double[] better, double[] worse) {

  static GeneratedScores rows(int rows, double noise) {
    SplittableRandom random = new SplittableRandom(7);
    boolean[] labels = new boolean[rows];
    double[] better = new double[rows];
    double[] worse = new double[rows];
    for (int i = 0; i < rows; i++) {
      double logit = 1.6 * gaussian(random) - 0.6;
      better[i] = sigmoid(logit);
      worse[i] = sigmoid(logit + noise * gaussian(random));
      labels[i] = random.nextDouble() < better[i];
    }
    return new GeneratedScores(labels, better, worse);
  }

  private static double sigmoid(double logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
