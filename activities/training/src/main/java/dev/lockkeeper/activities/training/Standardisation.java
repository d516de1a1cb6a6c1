package dev.lockkeeper.activities.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Mean and standard deviation of each feature over its present values.
 *
 * @param means the means
 * @param inverseDeviations one over the standard deviations; 1 for a constant feature
 */
record Standardisation(List<Float> means, List<Float> inverseDeviations) {

  static Standardisation of(TrainingTable table) {
    List<Float> means = new ArrayList<>();
    List<Float> inverse = new ArrayList<>();
    for (int j = 0; j < table.width(); j++) {
      double sum = 0;
      long n = 0;
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int at = j; at < table.features().length; at += table.width()) {
        if (!Float.isNaN(table.features()[at])) {
          float value = table.features()[at];
          sum += value;
          n++;
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
      double mean = n == 0 ? 0 : sum / n;
      double squares = 0;
      for (int at = j; at < table.features().length; at += table.width()) {
        if (!Float.isNaN(table.features()[at])) {
          squares += (table.features()[at] - mean) * (table.features()[at] - mean);
        }
      }
      means.add((float) mean);
      boolean constant = least >= most;
      inverse.add(constant ? 1f : (float) Math.min(Float.MAX_VALUE, 1 / Math.sqrt(squares / n)));
    }
    return new Standardisation(means, inverse);
  }

  /** One row with a leading 1, standardised; what is missing takes the mean. */
  void row(TrainingTable table, int row, double[] out) {
    out[0] = 1;
    for (int j = 0; j < table.width(); j++) {
      float value = table.features()[row * table.width() + j];
      out[j + 1] = Float.isNaN(value) ? 0 : (value - means.get(j)) * inverseDeviations.get(j);
    }
  }
}
