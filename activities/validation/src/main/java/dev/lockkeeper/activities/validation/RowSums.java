package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.Metric;

/**
 * What the metrics of a weighted sample are made of.
 *
 * @param rows the rows' weights
 * @param positives the weights of rows with a true label
 * @param predicted the weights of rows that are predicted positive
 * @param truePositives the weights of rows with a true label that are predicted positive
 * @param logLoss the rows' weighted log-loss
 * @param squaredError the rows' weighted squared error
 */
record RowSums(
    double rows,
    double positives,
    double predicted,
    double truePositives,
    double logLoss,
    double squaredError) {

  /**
   * The metrics, at the index of {@link Metric#ordinal()}; the area under the ROC curve, which is
   * not made of sums, is not a number. Precision, recall and F1 are 0 where their denominator is.
   */
  double[] metrics() {
    double[] values = new double[Metric.values().length];
    values[Metric.AUC.ordinal()] = Double.NaN;
    values[Metric.LOG_LOSS.ordinal()] = logLoss / rows;
    values[Metric.BRIER.ordinal()] = squaredError / rows;
    values[Metric.ACCURACY.ordinal()] = (rows - positives - predicted + 2 * truePositives) / rows;
    values[Metric.PRECISION.ordinal()] = share(truePositives, predicted);
    values[Metric.RECALL.ordinal()] = share(truePositives, positives);
    values[Metric.F1.ordinal()] = share(2 * truePositives, predicted + positives);
    return values;
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
