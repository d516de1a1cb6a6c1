package dev.lockkeeper.activities.validation;

/**
 * A model's {@link RowSums} by unit, so that a sample of units is one pass over the units.
 *
 * @param rows rows
 * @param positives rows with a true label
 * @param predicted rows that are predicted positive
 * @param truePositives rows with a true label that are predicted positive
 * @param logLoss log-loss
 * @param squaredError squared error
 */
record UnitSums(
    double[] rows,
    double[] positives,
    double[] predicted,
    double[] truePositives,
    double[] logLoss,
    double[] squaredError) {

  static UnitSums of(ScoredRows scored, RowUnits units) {
    int count = scored.rows();
    double[] ones = new double[count];
    double[] positives = new double[count];
    double[] predicted = new double[count];
    double[] truePositives = new double[count];
    for (int row = 0; row < count; row++) {
      ones[row] = 1;
      positives[row] = scored.labels()[row] ? 1 : 0;
      predicted[row] = scored.predicted()[row] ? 1 : 0;
      truePositives[row] = positives[row] * predicted[row];
    }
    return new UnitSums(
        units.sums(ones),
        units.sums(positives),
        units.sums(predicted),
        units.sums(truePositives),
        units.sums(scored.logLoss()),
        units.sums(scored.squaredError()));
  }

  /** The sums of a sample in which each unit has a weight. */
  RowSums weighted(double[] weights) {
    double n = 0;
    double ofPositives = 0;
    double ofPredicted = 0;
    double ofTruePositives = 0;
    double losses = 0;
    double squares = 0;
    for (int unit = 0; unit < weights.length; unit++) {
      double weight = weights[unit];
      n += weight * rows[unit];
      ofPositives += weight * positives[unit];
      ofPredicted += weight * predicted[unit];
      ofTruePositives += weight * truePositives[unit];
      losses += weight * logLoss[unit];
      squares += weight * squaredError[unit];
    }
    return new RowSums(n, ofPositives, ofPredicted, ofTruePositives, losses, squares);
  }
}
