package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.MonitoringBaseline.Histogram;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The window's rows counted over the bins of a baseline histogram, missing values last. */
public final class WindowHistogram {

  private static final int SIGNIFICANT_DIGITS = 4;

  private final Histogram reference;
  private final double[] edges;
  private final long[] counts;
  private final RequestEffect requests;

  WindowHistogram(Histogram reference) {
    this.reference = reference;
    this.edges = reference.edges().stream().mapToDouble(Double::doubleValue).toArray();
    this.counts = new long[edges.length + 2];
    this.requests = new RequestEffect(counts.length);
  }

  /**
   * Counts values over the bins of a baseline.
   *
   * @param values null and NaN are missing
   */
  public static WindowHistogram of(
      Histogram reference, Iterable<? extends @Nullable Number> values) {
    WindowHistogram counted = new WindowHistogram(reference);
    int request = 0;
    for (Number value : values) {
      counted.add(value, String.valueOf(request++));
    }
    return counted;
  }

  void add(@Nullable Number value, String requestId) {
    int bin = value == null || Double.isNaN(value.doubleValue()) ? missing() : bin(value);
    counts[bin]++;
    requests.add(bin, requestId);
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
    return StabilityIndex.of(
        referenceCounts(),
        counts(),
        requests.of(counts, Arrays.stream(counts).sum()),
        requests.requests());
  }

  /** The effect that is largest beside its threshold. */
  DriftEffect effect(StabilityIndex index) {
    DriftEffect shift = DriftEffect.shift(referenceCounts(), counts, index.error(), index.moved());
    int[] shares =
        IntStream.range(0, counts.length)
            .filter(bin -> bin == missing() || isSingle(bin))
            .toArray();
    DriftEffect share = DriftEffect.share(referenceCounts(), counts, index.error(), shares);
    return share.size() > shift.size() ? share : shift;
  }

  private boolean isSingle(int bin) {
    return bin > 0
        && bin < edges.length
        && (float) edges[bin - 1] == Math.nextDown((float) edges[bin]);
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
    return isSingle(bin)
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
