package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline.Histogram;
import dev.lockkeeper.formats.validation.VersionChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the data moved since the stable version was made: this hold-out, as the stable version's
 * features see it, over the bins of the hold-out that the stable version was measured on.
 */
final class DataDrift {

  /** Below it two samples of one population of a thousand rows are not told apart. */
  private static final double WORTH_A_LINE = 0.05;

  /** An empty bin counts as half a row, so that the index stays finite. */
  private static final double EMPTY_BIN = 0.5;

  private DataDrift() {}

  /**
   * The features that moved.
   *
   * @param baseline the stable version's
   * @param names the stable version's features
   * @param rows their values on this hold-out, by row
   */
  static List<VersionChange> of(MonitoringBaseline baseline, List<String> names, float[][] rows) {
    List<VersionChange> moved = new ArrayList<>();
    for (Histogram reference : baseline.histograms()) {
      int feature = names.indexOf(reference.name());
      if (feature >= 0) {
        compare(reference, counts(reference, rows, feature), moved);
      }
    }
    return moved;
  }

  private static void compare(Histogram reference, long[] now, List<VersionChange> moved) {
    long[] before = new long[now.length];
    for (int bin = 0; bin < reference.counts().size(); bin++) {
      before[bin] = reference.counts().get(bin);
    }
    before[now.length - 1] = reference.missing();
    double n = Arrays.stream(before).sum();
    double m = Arrays.stream(now).sum();
    double index = 0;
    int most = 0;
    for (int bin = 0; bin < now.length; bin++) {
      if (before[bin] > 0 || now[bin] > 0) {
        double p = Math.max(before[bin], EMPTY_BIN) / n;
        double q = Math.max(now[bin], EMPTY_BIN) / m;
        index += (p - q) * StrictMath.log(p / q);
      }
      if (Math.abs(before[bin] / n - now[bin] / m) > Math.abs(before[most] / n - now[most] / m)) {
        most = bin;
      }
    }
    if (index >= WORTH_A_LINE) {
      String bin = bin(reference.edges(), most);
      moved.add(
          new VersionChange(
              "values of " + reference.name(),
              Markup.percent(before[most] / n) + " " + bin,
              Markup.percent(now[most] / m)
                  + " "
                  + bin
                  + Markup.format("; stability index %.2f", index)));
    }
  }

  /** Rows in each bin, missing values last. */
  private static long[] counts(Histogram reference, float[][] rows, int feature) {
    double[] edges = reference.edges().stream().mapToDouble(Double::doubleValue).toArray();
    long[] counts = new long[edges.length + 2];
    for (float[] row : rows) {
      int found = Arrays.binarySearch(edges, row[feature]);
      int bin = found >= 0 ? found : -found - 1;
      counts[Float.isNaN(row[feature]) ? edges.length + 1 : bin]++;
    }
    return counts;
  }

  private static String bin(List<Double> edges, int bin) {
    if (bin == edges.size() + 1) {
      return "missing";
    }
    if (edges.isEmpty()) {
      return "with a value";
    }
    if (bin == 0) {
      return Markup.format("up to %.4g", edges.get(0));
    }
    double low = edges.get(bin - 1);
    if (bin == edges.size()) {
      return Markup.format("above %.4g", low);
    }
    double high = edges.get(bin);
    return (float) low == Math.nextDown((float) high)
        ? Markup.format("equal to %.4g", high)
        : Markup.format("from %.4g to %.4g", low, high);
  }
}
