package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.Metric;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A model's predictions on the hold-out, sorted once so that every metric of a weighted sample is
 * one pass over the rows.
 */
final class ScoredRows {

  /** Probabilities are kept this far from 0 and 1 in the log-loss. */
  private static final double LOG_LOSS_BOUND = 1e-7;

  private final int[] order;
  private final boolean[] positive;
  private final boolean[] predicted;
  private final boolean[] endsTie;
  private final double[] logLoss;
  private final double[] squaredError;

  /**
   * @param probabilities the predictions, in row order
   * @param labels the labels, in row order
   * @param decisionThreshold an answer at or above it is positive
   */
  ScoredRows(double[] probabilities, boolean[] labels, double decisionThreshold) {
    int rows = probabilities.length;
    order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> probabilities[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    positive = new boolean[rows];
    predicted = new boolean[rows];
    endsTie = new boolean[rows];
    logLoss = new double[rows];
    squaredError = new double[rows];
    for (int i = 0; i < rows; i++) {
      double p = probabilities[order[i]];
      positive[i] = labels[order[i]];
      predicted[i] = p >= decisionThreshold;
      endsTie[i] = i == rows - 1 || probabilities[order[i + 1]] != p;
      double bounded = Math.min(1 - LOG_LOSS_BOUND, Math.max(LOG_LOSS_BOUND, p));
      logLoss[i] = -StrictMath.log(positive[i] ? bounded : 1 - bounded);
      double error = p - (positive[i] ? 1 : 0);
      squaredError[i] = error * error;
    }
  }

  int rows() {
    return order.length;
  }

  /** The cells of the confusion matrix. */
  ConfusionMatrix outcomes() {
    int[] counts = new int[4];
    for (int i = 0; i < rows(); i++) {
      counts[(positive[i] ? 2 : 0) + (predicted[i] ? 1 : 0)]++;
    }
    return new ConfusionMatrix(counts[3], counts[1], counts[2], counts[0]);
  }

  /** The metrics of the rows as they are, at the index of {@link Metric#ordinal()}. */
  double[] metrics() {
    int[] ones = new int[rows()];
    Arrays.fill(ones, 1);
    return metrics(ones);
  }

  /**
   * The metrics of a sample, at the index of {@link Metric#ordinal()}. The area under the ROC curve
   * counts a tie as one half (Mann-Whitney) and is not a number if one label is absent; precision,
   * recall and F1 are 0 where their denominator is.
   *
   * @param weights how often each row is in the sample, in row order
   */
  double[] metrics(int[] weights) {
    double area = 0;
    double losses = 0;
    double squares = 0;
    long positives = 0;
    long negatives = 0;
    long tiedPositives = 0;
    long tiedNegatives = 0;
    long truePositives = 0;
    long falsePositives = 0;
    for (int i = 0; i < order.length; i++) {
      int weight = weights[order[i]];
      losses += weight * logLoss[i];
      squares += weight * squaredError[i];
      int isPositive = positive[i] ? weight : 0;
      tiedPositives += isPositive;
      tiedNegatives += weight - isPositive;
      if (predicted[i]) {
        truePositives += isPositive;
        falsePositives += weight - isPositive;
      }
      if (endsTie[i]) {
        area += tiedPositives * (negatives + tiedNegatives / 2.0);
        positives += tiedPositives;
        negatives += tiedNegatives;
        tiedPositives = 0;
        tiedNegatives = 0;
      }
    }
    double n = positives + negatives;
    double[] values = new double[Metric.values().length];
    values[Metric.AUC.ordinal()] = area / ((double) positives * negatives);
    values[Metric.LOG_LOSS.ordinal()] = losses / n;
    values[Metric.BRIER.ordinal()] = squares / n;
    values[Metric.ACCURACY.ordinal()] = (truePositives + negatives - falsePositives) / n;
    values[Metric.PRECISION.ordinal()] = share(truePositives, truePositives + falsePositives);
    values[Metric.RECALL.ordinal()] = share(truePositives, positives);
    values[Metric.F1.ordinal()] =
        share(2 * truePositives, truePositives + falsePositives + positives);
    return values;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
