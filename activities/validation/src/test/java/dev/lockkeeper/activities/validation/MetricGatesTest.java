package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricGatesTest {

  private static final PairedBootstrap.Estimate AUC =
      new PairedBootstrap.Estimate(
          Metric.AUC, 0.80, new Interval(0.79, 0.81), 0.805, -0.005, new Interval(-0.012, 0.002));

  private static List<GateResult> judge(MetricGate gate, PairedBootstrap.Estimate estimate) {
    return judge(gate, estimate, new LabelledUnits(40, 160, true));
  }

  private static List<GateResult> judge(
      MetricGate gate, PairedBootstrap.Estimate estimate, LabelledUnits units) {
    Comparison comparison =
        estimate.baseline() == null ? null : new Comparison("1", 200, 200, units);
    return new MetricGates(units, 0.95, comparison).judge(List.of(gate), List.of(estimate));
  }

  @Test
  void minimum_pointValueBelowIsRefused() {
    GateResult result = judge(new MetricGate(Metric.AUC, 0.85, null, null), AUC).get(0);

    assertEquals("auc minimum", result.gate());
    assertEquals(GateOutcome.REFUSED, result.outcome());
    assertTrue(result.blocking());
    assertEquals("auc 0.8000 [0.7900, 0.8100] is below the minimum 0.8500", result.message());
  }

  @Test
  void maximum_pointValueEqualPasses() {
    GateResult result = judge(new MetricGate(Metric.AUC, null, 0.80, null), AUC).get(0);

    assertEquals(GateOutcome.PASSED, result.outcome());
    assertFalse(result.blocking());
  }

  @Test
  void margin_lowerBoundInsidePasses() {
    GateResult result = judge(new MetricGate(Metric.AUC, null, null, 0.0125), AUC).get(0);

    assertEquals("auc against stable", result.gate());
    assertEquals(GateOutcome.PASSED, result.outcome());
  }

  @Test
  void margin_lowerBoundOutsideIsRefusedThoughThePointIsInside() {
    GateResult result = judge(new MetricGate(Metric.AUC, null, null, 0.01), AUC).get(0);

    assertEquals(GateOutcome.REFUSED, result.outcome());
    assertEquals(-0.01, result.threshold());
    assertEquals(
        "auc 0.8000 against 0.8050 of stable 1 on the same rows: gain -0.0050 [-0.0120, +0.0020],"
            + " which does not rule out a loss of 0.0100; at this size such a loss would be seen with"
            + " probability 0.80",
        result.message());
  }

  /** A loss of 0.007 is 1.96 standard errors here: an estimate of it falls on either side of 0. */
  @Test
  void power_ofTheHalfWidthIsOneHalf() {
    GateResult result = judge(new MetricGate(Metric.AUC, null, null, 0.007), AUC).get(0);

    assertNotNull(result.power());
    assertEquals(0.5, result.power(), 1e-9);
  }

  /** The stable model was trained on most of the hold-out: what is left cannot judge. */
  @Test
  void margin_withTooFewRowsThatBothHeldOutIsInconclusiveAndBlocks() {
    PairedBootstrap.Estimate alone =
        new PairedBootstrap.Estimate(Metric.AUC, 0.8, new Interval(0.79, 0.81), null, null, null);
    LabelledUnits none = new LabelledUnits(0, 3, true);
    List<GateResult> results =
        new MetricGates(new LabelledUnits(40, 160, true), 0.95, new Comparison("1", 3, 200, none))
            .judge(List.of(new MetricGate(Metric.AUC, 0.7, null, 0.01)), List.of(alone));

    assertEquals(GateOutcome.PASSED, results.get(0).outcome());
    assertEquals(GateOutcome.INCONCLUSIVE, results.get(1).outcome());
    assertTrue(results.get(1).blocking());
    assertEquals(
        "auc is not compared with stable 1 on the 3 of 200 hold-out rows that both held out: 0 rows"
            + " with a true label, at least 10 are needed: hold out more rows",
        results.get(1).message());
  }

  @Test
  void tooFewPositives_everyGateIsInconclusiveAndBlocks() {
    List<GateResult> results =
        judge(new MetricGate(Metric.AUC, 0.7, null, 0.05), AUC, new LabelledUnits(4, 196, true));

    assertEquals(2, results.size());
    for (GateResult result : results) {
      assertEquals(GateOutcome.INCONCLUSIVE, result.outcome());
      assertTrue(result.blocking());
      assertTrue(
          result
              .message()
              .endsWith(
                  "; not judged: 4 rows with a true label, at least 10 are needed: hold out more"
                      + " rows"),
          result.message());
    }
  }

  @Test
  void margin_withoutStableModelIsNoGate() {
    PairedBootstrap.Estimate first =
        new PairedBootstrap.Estimate(Metric.AUC, 0.8, new Interval(0.79, 0.81), null, null, null);

    assertTrue(judge(new MetricGate(Metric.AUC, null, null, 0.01), first).isEmpty());
  }
}
