package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

  @TempDir Path folder;

  @Test
  void requests_areCountedByStatusAndMeasuredInAHistogram() throws Exception {
    Releases releases = new Releases(folder);
    releases.file(releases.release("1", OnnxFile.logistic(0.5f, 0.1f)), null, 0);
    try (Gateway gateway =
        Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, releases.state()))) {
      Client client = Client.of(gateway);
      assertEquals(200, client.infer("a", 2, 10).status());
      assertEquals(503, client.infer("b", 0, 10).status());
      assertEquals(400, client.post("/v2/models/tips/infer", "{}").status());
      assertEquals(404, client.post("/v2/models/tops/infer", "{}").status());

      List<String> lines = lines(client);

      assertEquals(1, value(lines, "lockkeeper_requests_total{endpoint=\"tips\",status=\"200\"}"));
      assertEquals(1, value(lines, "lockkeeper_requests_total{endpoint=\"tips\",status=\"400\"}"));
      assertEquals(1, value(lines, "lockkeeper_requests_total{endpoint=\"tips\",status=\"503\"}"));
      assertEquals(
          1, value(lines, "lockkeeper_requests_total{endpoint=\"unknown\",status=\"404\"}"));
      assertEquals(
          1,
          value(
              lines,
              "lockkeeper_inference_seconds_bucket{endpoint=\"tips\",fell_back=\"false\",version=\"1\",le=\"+Inf\"}"));
    }
  }

  @Test
  void everyMetric_saysWhatItIs() throws Exception {
    Releases releases = new Releases(folder);
    releases.file(releases.release("1", OnnxFile.logistic(0.5f, 0.1f)), null, 0);
    try (Gateway gateway =
        Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, releases.state()))) {
      Client client = Client.of(gateway);
      client.infer("a", 2, 10);

      List<String> helps =
          lines(client).stream().filter(line -> line.startsWith("# HELP")).toList();

      assertTrue(helps.size() > 5, helps.toString());
      assertEquals(
          List.of(), helps.stream().filter(line -> line.strip().split(" ").length < 4).toList());
    }
  }

  private static List<String> lines(Client client) throws Exception {
    try (InputStream in = client.gateway().resolve("/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toList());
    }
  }

  private static double value(List<String> lines, String series) {
    return lines.stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(series + " is not in " + lines));
  }
}
