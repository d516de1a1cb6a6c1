package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.MonitoringBaseline.Histogram;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The window's rows counted over the bins of a baseline histogram, missing values last. */
public final class WindowHistogram {

  private static final int SIGNIFICANT_DIGITS = 4;

  private final Histogram reference;
  private final double[] edges;
  private final long[] counts;

  WindowHistogram(Histogram reference) {
    this.reference = reference;
    this.edges = reference.edges().stream().mapToDouble(Double::doubleValue).toArray();
    this.counts = new long[edges.length + 2];
  }

  /**
   * Counts values over the bins of a baseline.
   *
   * @param values null and NaN are missing
   */
  public static WindowHistogram of(
      Histogram reference, Iterable<? extends @Nullable Number> values) {
    WindowHistogram counted = new WindowHistogram(reference);
    values.forEach(counted::add);
    return counted;
  }

  void add(@Nullable Number value) {
    counts[value == null || Double.isNaN(value.doubleValue()) ? missing() : bin(value)]++;
  }

  private int bin(Number value) {
    int found = Arrays.binarySearch(edges, value.doubleValue());
    return found >= 0 ? found : -found - 1;
  }

  private int missing() {
    return edges.length + 1;
  }

  /** The feature, or {@code prediction}. */
  public String name() {
    return reference.name();
  }

  /** The window's rows in each bin. */
  public long[] counts() {
    return counts.clone();
  }

  /** The baseline's rows in each bin. */
  public long[] referenceCounts() {
    long[] expected = new long[counts.length];
    for (int bin = 0; bin < reference.counts().size(); bin++) {
      expected[bin] = reference.counts().get(bin);
    }
    expected[missing()] = reference.missing();
    return expected;
  }

  StabilityIndex compare() {
    return StabilityIndex.of(referenceCounts(), counts());
  }

  /** A bin as people read it. */
  public String describe(int bin) {
    if (bin == missing()) {
      return "missing";
    }
    if (edges.length == 0) {
      return "any value";
    }
    if (bin == 0) {
      return "up to " + number(edges[0]);
    }
    if (bin == edges.length) {
      return "above " + number(edges[edges.length - 1]);
    }
    boolean single = (float) edges[bin - 1] == Math.nextDown((float) edges[bin]);
    return single
        ? "equal to " + number(edges[bin])
        : "from " + number(edges[bin - 1]) + " to " + number(edges[bin]);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .round(new MathContext(SIGNIFICANT_DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }
}
