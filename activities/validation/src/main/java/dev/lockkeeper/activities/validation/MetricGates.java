package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Holds the estimates against the pipeline's metric gates. */
final class MetricGates {

  private MetricGates() {}

  /**
   * Every gate's finding. Absolute thresholds take the point value; the comparison with the stable
   * model is a non-inferiority test: the whole interval of the paired gain must lie at or above the
   * negative margin.
   */
  static List<GateResult> judge(
      List<MetricGate> gates, List<PairedBootstrap.Estimate> estimates, String stableVersion) {
    List<GateResult> results = new ArrayList<>();
    for (MetricGate gate : gates) {
      PairedBootstrap.Estimate estimate = estimates.get(gate.metric().ordinal());
      if (gate.minimum() != null) {
        results.add(absolute(estimate, gate.minimum(), true));
      }
      if (gate.maximum() != null) {
        results.add(absolute(estimate, gate.maximum(), false));
      }
      GateResult against = againstStable(gate.margin(), estimate, stableVersion);
      if (against != null) {
        results.add(against);
      }
    }
    return results;
  }

  private static GateResult absolute(
      PairedBootstrap.Estimate estimate, double threshold, boolean minimum) {
    boolean passed = minimum ? estimate.value() >= threshold : estimate.value() <= threshold;
    String name = estimate.metric().label();
    String message =
        String.format(
            Locale.ROOT,
            "%s %.4f [%.4f, %.4f] is %s the %s %.4f",
            name,
            estimate.value(),
            estimate.interval().low(),
            estimate.interval().high(),
            side(estimate.value(), threshold),
            minimum ? "minimum" : "maximum",
            threshold);
    return new GateResult(
        name + (minimum ? " minimum" : " maximum"),
        passed ? GateOutcome.PASSED : GateOutcome.REFUSED,
        !passed,
        estimate.value(),
        estimate.interval().low(),
        estimate.interval().high(),
        threshold,
        message);
  }

  private static String side(double value, double threshold) {
    return value == threshold ? "equal to" : value > threshold ? "above" : "below";
  }

  private static @Nullable GateResult againstStable(
      @Nullable Double margin, PairedBootstrap.Estimate estimate, String stableVersion) {
    if (margin == null
        || estimate.baseline() == null
        || estimate.gain() == null
        || estimate.gainInterval() == null) {
      return null;
    }
    Interval gain = estimate.gainInterval();
    boolean passed = gain.low() >= -margin;
    Metric metric = estimate.metric();
    String message =
        String.format(
            Locale.ROOT,
            "%s %.4f against %.4f of stable %s on the same rows: gain %+.4f [%+.4f, %+.4f], %s a loss of %.4f",
            metric.label(),
            estimate.value(),
            estimate.baseline(),
            stableVersion,
            estimate.gain(),
            gain.low(),
            gain.high(),
            passed ? "which rules out" : "which does not rule out",
            margin);
    return new GateResult(
        metric.label() + " against stable",
        passed ? GateOutcome.PASSED : GateOutcome.REFUSED,
        !passed,
        estimate.gain(),
        gain.low(),
        gain.high(),
        -margin,
        message);
  }
}
