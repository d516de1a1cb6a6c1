package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DescribedMetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DescribedMetrics metrics = new DescribedMetrics(registry);

  @Test
  void ownMetrics_haveAHelpTextAndTheirOwnLabelsAlone() {
    metrics.reportCounter(
        "lockkeeper_run_verdicts", Map.of("verdict", "PROMOTED", "activity_type", "None"), 2);
    metrics.reportGauge(
        "lockkeeper_canary_e_value", Map.of("endpoint", "tips", "namespace", "default"), 1.5);
    metrics.reportGauge(
        "lockkeeper_canary_e_value", Map.of("endpoint", "tips", "namespace", "default"), 0.5);

    assertEquals(
        """
        # HELP lockkeeper_canary_e_value Evidence of harm at the last look at a canary; harm is shown at 1 / alpha. 1 without one
        # TYPE lockkeeper_canary_e_value gauge
        lockkeeper_canary_e_value{endpoint="tips"} 0.5
        # HELP lockkeeper_run_verdicts_total Runs that have ended, by their verdict
        # TYPE lockkeeper_run_verdicts_total counter
        lockkeeper_run_verdicts_total{verdict="PROMOTED"} 2.0
        """,
        registry.scrape());
  }

  @Test
  void temporalsMetrics_stayAsTheyAre() {
    metrics.reportCounter("temporal_request", Map.of("activity_type", "None"), 1);

    assertEquals(
        "temporal_request_total{activity_type=\"None\"} 1.0",
        registry.scrape().lines().reduce("", (before, line) -> line));
  }
}
