package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark runs; how fast the machine is decides nothing here. */
class GatewayStartBenchmarkTest {

  @TempDir Path folder;

  @Test
  void oneRound_startsAGatewayThatIsReady() throws Exception {
    Map<String, List<Double>> millis =
        GatewayStartBenchmark.measure(
            GatewayStartBenchmark.state(folder, 2),
            Map.of(GatewayStartBenchmark.NOW, GatewayStartBenchmark.classPath(null)),
            1);
    assertTrue(millis.get(GatewayStartBenchmark.NOW).get(0) > 0, millis.toString());
    String text = GatewayStartBenchmark.text(2, millis);
    assertTrue(text.startsWith(" 2 endpoints  this version"), text);
  }
}
