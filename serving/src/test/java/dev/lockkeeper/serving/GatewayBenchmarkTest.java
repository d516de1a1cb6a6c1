package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark runs; how fast the machine is decides nothing here. */
class GatewayBenchmarkTest {

  @TempDir Path folder;

  @Test
  void shortRun_reportsBareHandlerAndGateways() throws Exception {
    Map<String, GatewayBenchmark.Figures> figures =
        GatewayBenchmark.measure(
            folder, new GatewayBenchmark.Plan(2, 4, 1, Duration.ofMillis(200)));
    for (String server :
        new String[] {GatewayBenchmark.BARE, GatewayBenchmark.STABLE, GatewayBenchmark.CANARY}) {
      assertTrue(figures.get(server).perSecond() > 0, server);
      assertTrue(figures.get(server).p99() >= figures.get(server).p50(), server);
    }
    String text = GatewayBenchmark.text(2, figures);
    assertTrue(text.contains("gateway, stable"), text);
    assertTrue(text.contains("(1.00 of the bare handler)"), text);
  }
}
