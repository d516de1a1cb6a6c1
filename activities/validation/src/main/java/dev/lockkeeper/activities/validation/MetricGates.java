package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.MetricGate;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Holds the estimates against the pipeline's metric gates.
 *
 * @param units how many units of each label there are
 * @param confidence the confidence of the intervals
 * @param comparison with the stable version; null for a first release
 */
record MetricGates(LabelledUnits units, double confidence, @Nullable Comparison comparison) {

  /**
   * Every gate's finding. Absolute thresholds take the point value; the comparison with the stable
   * model is a non-inferiority test: the whole interval of the paired gain must lie at or above the
   * negative margin. With too few units of a label every gate is inconclusive and blocks.
   */
  List<GateResult> judge(List<MetricGate> gates, List<PairedBootstrap.Estimate> estimates) {
    List<GateResult> results = new ArrayList<>();
    for (MetricGate gate : gates) {
      PairedBootstrap.Estimate estimate = estimates.get(gate.metric().ordinal());
      if (gate.minimum() != null) {
        results.add(absolute(estimate, gate.minimum(), true));
      }
      if (gate.maximum() != null) {
        results.add(absolute(estimate, gate.maximum(), false));
      }
      GateResult against = againstStable(gate.margin(), estimate);
      if (against != null) {
        results.add(against);
      }
    }
    return results;
  }

  private GateResult absolute(
      PairedBootstrap.Estimate estimate, double threshold, boolean minimum) {
    boolean passed = minimum ? estimate.value() >= threshold : estimate.value() <= threshold;
    String name = estimate.metric().label();
    Interval interval = estimate.interval();
    String message =
        Markup.format(
            "%s %.4f [%.4f, %.4f] is %s the %s %.4f",
            name,
            estimate.value(),
            interval.low(),
            interval.high(),
            side(estimate.value(), threshold),
            minimum ? "minimum" : "maximum",
            threshold);
    String gate = name + (minimum ? " minimum" : " maximum");
    return result(gate, units, passed, estimate.value(), interval, threshold, null, message);
  }

  private static String side(double value, double threshold) {
    return value == threshold ? "equal to" : value > threshold ? "above" : "below";
  }

  private @Nullable GateResult againstStable(
      @Nullable Double margin, PairedBootstrap.Estimate estimate) {
    if (margin == null || comparison == null) {
      return null;
    }
    String name = estimate.metric().label();
    Interval gain = estimate.gainInterval();
    if (estimate.baseline() == null || estimate.gain() == null || gain == null) {
      return new GateResult(
          name + " against stable",
          GateOutcome.INCONCLUSIVE,
          true,
          0,
          null,
          null,
          -margin,
          null,
          Markup.format(
              "%s is not compared with stable %s %s: %s",
              name, comparison.stableVersion(), comparison.where(), comparison.units().shortage()));
    }
    boolean passed = gain.low() >= -margin;
    double power = power(margin, estimate.gain() - gain.low());
    boolean higher = estimate.metric().higherIsBetter();
    String message =
        Markup.format(
            "%s %.4f against %.4f of stable %s %s: gain %+.4f [%+.4f, %+.4f], %s a"
                + " loss of %.4f; at this size such a loss would be seen with probability %.2f",
            name,
            estimate.baseline() + (higher ? estimate.gain() : -estimate.gain()),
            estimate.baseline(),
            comparison.stableVersion(),
            comparison.where(),
            estimate.gain(),
            gain.low(),
            gain.high(),
            passed ? "which rules out" : "which does not rule out",
            margin,
            power);
    return result(
        name + " against stable",
        comparison.units(),
        passed,
        estimate.gain(),
        gain,
        -margin,
        power,
        message);
  }

  /**
   * The chance that a loss as large as the margin shows as one, so that its interval lies below 0.
   * It is also the chance that a candidate as good as the stable model passes.
   *
   * @param reach from the gain down to the lower end of its interval
   */
  private double power(double margin, double reach) {
    double quantile = NormalQuantile.twoSided(confidence);
    return reach <= 0
        ? 1
        : new NormalDistribution().cumulativeProbability(quantile * (margin / reach - 1));
  }

  private static GateResult result(
      String gate,
      LabelledUnits units,
      boolean passed,
      double value,
      Interval interval,
      double threshold,
      @Nullable Double power,
      String message) {
    boolean judges = units.areEnough();
    GateOutcome judged = passed ? GateOutcome.PASSED : GateOutcome.REFUSED;
    return new GateResult(
        gate,
        judges ? judged : GateOutcome.INCONCLUSIVE,
        !judges || !passed,
        value,
        interval.low(),
        interval.high(),
        threshold,
        power,
        judges ? message : message + "; not judged: " + units.shortage());
  }
}
