package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.Metric;
import java.util.Arrays;

/** A model's predictions on the hold-out, row by row. */
final class ScoredRows {

  /** Probabilities are kept this far from 0 and 1 in the log-loss. */
  private static final double LOG_LOSS_BOUND = 1e-7;

  private final double[] probabilities;
  private final boolean[] labels;
  private final boolean[] predicted;
  private final double[] logLoss;
  private final double[] squaredError;

  /**
   * @param probabilities the predictions, in row order
   * @param labels the labels, in row order
   * @param decisionThreshold an answer at or above it is positive
   */
  ScoredRows(double[] probabilities, boolean[] labels, double decisionThreshold) {
    int rows = probabilities.length;
    this.probabilities = probabilities;
    this.labels = labels;
    predicted = new boolean[rows];
    logLoss = new double[rows];
    squaredError = new double[rows];
    for (int row = 0; row < rows; row++) {
      double p = probabilities[row];
      predicted[row] = p >= decisionThreshold;
      double bounded = Math.min(1 - LOG_LOSS_BOUND, Math.max(LOG_LOSS_BOUND, p));
      logLoss[row] = -StrictMath.log(labels[row] ? bounded : 1 - bounded);
      double error = p - (labels[row] ? 1 : 0);
      squaredError[row] = error * error;
    }
  }

  int rows() {
    return labels.length;
  }

  boolean[] labels() {
    return labels;
  }

  boolean[] predicted() {
    return predicted;
  }

  double[] logLoss() {
    return logLoss;
  }

  double[] squaredError() {
    return squaredError;
  }

  /** Whether each row gets the same probability from both. */
  boolean answersAs(ScoredRows other) {
    return Arrays.equals(probabilities, other.probabilities);
  }

  /** The area under the ROC curve. */
  RocArea area() {
    return RocArea.of(probabilities, labels);
  }

  /** The cells of the confusion matrix. */
  ConfusionMatrix outcomes() {
    int[] counts = new int[4];
    for (int row = 0; row < rows(); row++) {
      counts[(labels[row] ? 2 : 0) + (predicted[row] ? 1 : 0)]++;
    }
    return new ConfusionMatrix(counts[3], counts[1], counts[2], counts[0]);
  }

  /**
   * How the units widen the interval of a metric that is a share of counted rows; no effect for the
   * others.
   */
  DesignEffect effect(Metric metric, RowUnits units) {
    boolean[] part = new boolean[rows()];
    boolean[] whole = new boolean[rows()];
    for (int row = 0; row < rows(); row++) {
      boolean hit = labels[row] && predicted[row];
      part[row] = metric == Metric.ACCURACY ? labels[row] == predicted[row] : hit;
      whole[row] =
          switch (metric) {
            case PRECISION -> predicted[row];
            case RECALL -> labels[row];
            case F1 -> labels[row] || predicted[row];
            case ACCURACY, AUC, LOG_LOSS, BRIER -> true;
          };
    }
    return DesignEffect.of(part, whole, units);
  }

  /**
   * The metrics, at the index of {@link Metric#ordinal()}. The area under the ROC curve is not a
   * number if one label is absent; precision, recall and F1 are 0 where their denominator is.
   */
  double[] metrics() {
    ConfusionMatrix outcomes = outcomes();
    int positives = outcomes.truePositives() + outcomes.falseNegatives();
    double[] values =
        new RowSums(
                rows(),
                positives,
                outcomes.truePositives() + outcomes.falsePositives(),
                outcomes.truePositives(),
                sum(logLoss),
                sum(squaredError))
            .metrics();
    if (positives > 0 && positives < rows()) {
      values[Metric.AUC.ordinal()] = area().value();
    }
    return values;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
