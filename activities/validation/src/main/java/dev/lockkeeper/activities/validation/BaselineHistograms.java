package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Histograms of the hold-out for monitoring. A column of few values has a bin for each, and one for
 * what was never seen below, between and above them; any other has its deciles, and a value that
 * fills a decile alone gets a bin of its own, so that a shift out of it is seen.
 */
final class BaselineHistograms {

  private static final int FEW_VALUES = 12;
  private static final int QUANTILES = 10;

  private BaselineHistograms() {}

  /**
   * The baseline of a hold-out.
   *
   * @param features feature values by row, in model order
   * @param predictions the candidate's predictions, in row order
   */
  static MonitoringBaseline of(List<String> names, float[][] features, double[] predictions) {
    List<Histogram> histograms = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      double[] column = new double[features.length];
      for (int row = 0; row < column.length; row++) {
        column[row] = features[row][f];
      }
      histograms.add(histogram(names.get(f), column));
    }
    histograms.add(histogram("prediction", predictions));
    return new MonitoringBaseline(features.length, histograms);
  }

  /** The histogram of a column; values that are not a number are missing. */
  static Histogram histogram(String name, double[] column) {
    double[] present = Arrays.stream(column).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double[] edges = edges(present);
    Long[] counts = new Long[edges.length + 1];
    Arrays.fill(counts, 0L);
    for (double value : present) {
      int found = Arrays.binarySearch(edges, value);
      counts[found >= 0 ? found : -found - 1]++;
    }
    return new Histogram(
        name,
        Arrays.stream(edges).boxed().toList(),
        List.of(counts),
        column.length - present.length);
  }

  private static double[] edges(double[] sorted) {
    if (sorted.length == 0) {
      return new double[0];
    }
    double[] distinct = Arrays.stream(sorted).distinct().limit(FEW_VALUES + 1L).toArray();
    TreeSet<Double> edges = new TreeSet<>();
    if (distinct.length <= FEW_VALUES) {
      for (double value : distinct) {
        edges.add(below(value));
        edges.add(value);
      }
    } else {
      double previous = Double.NaN;
      for (int q = 1; q < QUANTILES; q++) {
        double edge = Interval.quantile(sorted, (double) q / QUANTILES);
        if (edge == previous) {
          edges.add(below(edge));
        }
        edges.add(edge);
        previous = edge;
      }
    }
    return edges.stream().filter(Double::isFinite).mapToDouble(Double::doubleValue).toArray();
  }

  private static double below(double value) {
    return Math.nextDown((float) value);
  }
}
