package dev.lockkeeper.training;

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
      for (int at = j; at < table.features().length; at += table.width()) {
        if (!Float.isNaN(table.features()[at])) {
          sum += table.features()[at];
          n++;
        }
      }
      double mean = n == 0 ? 0 : sum / n;
      double squares = 0;
      for (int at = j; at < table.features().length; at += table.width()) {
        if (!Float.isNaN(table.features()[at])) {
          squares += (table.features()[at] - mean) * (table.features()[at] - mean);
        }
      }
      double deviation = n < 2 ? 0 : Math.sqrt(squares / n);
      means.add((float) mean);
      inverse.add(deviation < 1e-12 ? 1f : (float) (1 / deviation));
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
