package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.validation.GateOutcome;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricGatesTest {

  private static final PairedBootstrap.Estimate AUC =
      new PairedBootstrap.Estimate(
          Metric.AUC, 0.80, new Interval(0.79, 0.81), 0.805, -0.005, new Interval(-0.012, 0.002));

  private static List<GateResult> judge(MetricGate gate, PairedBootstrap.Estimate estimate) {
    return MetricGates.judge(new ArrayList<>(List.of(gate)), List.of(estimate), "1");
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
            + " which does not rule out a loss of 0.0100",
        result.message());
  }

  @Test
  void margin_withoutStableModelIsNoGate() {
    PairedBootstrap.Estimate first =
        new PairedBootstrap.Estimate(Metric.AUC, 0.8, new Interval(0.79, 0.81), null, null, null);

    assertTrue(judge(new MetricGate(Metric.AUC, null, null, 0.01), first).isEmpty());
  }
}
