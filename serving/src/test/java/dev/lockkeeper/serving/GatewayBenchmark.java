package dev.lockkeeper.serving;

import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the gateway costs: a bare handler, a gateway with a stable version and a gateway whose
 * candidate answers everything are asked in turns by the same connections, in slices short enough
 * that whatever else the machine does meets them alike. The models cost next to nothing.
 *
 * <p>Surefire does not run it by itself: {@code docs/layers/serving.md} says how to.
 */
class GatewayBenchmark {

  static final String BARE = "bare handler";
  static final String STABLE = "gateway, stable";
  static final String CANARY = "gateway, canary";

  /**
   * How much to measure.
   *
   * @param rows rows a request
   * @param connections connections at once
   * @param slices slices for each server, after one that does not count
   * @param slice time of a slice
   */
  record Plan(int rows, int connections, int slices, Duration slice) {}

  /**
   * What one server did.
   *
   * @param perSecond answered requests a second
   * @param p50 median milliseconds of a request
   * @param p99 99th percentile
   */
  record Figures(double perSecond, double p50, double p99) {}

  @TempDir Path folder;

  @Test
  void run() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int rows : new int[] {1, 100}) {
      text.append(
          text(
              rows,
              measure(
                  Files.createDirectory(folder.resolve("rows-" + rows)),
                  new Plan(
                      rows,
                      Integer.getInteger("benchmark.connections", 32),
                      Integer.getInteger("benchmark.slices", 8),
                      Duration.ofSeconds(1)))));
    }
    Files.writeString(Path.of("target", "gateway-benchmark.txt"), text);
  }

  /** The figures of each server, by its name. */
  static Map<String, Figures> measure(Path folder, Plan plan) throws Exception {
    try (BareHandler bare = new BareHandler(OnnxFile.logistic(0.5f, 0.1f));
        Gateway stable = gateway(Files.createDirectory(folder.resolve("stable")), false);
        Gateway canary = gateway(Files.createDirectory(folder.resolve("canary")), true)) {
      Map<String, LoadClient> clients = new LinkedHashMap<>();
      clients.put(BARE, client(bare.port(), plan.rows()));
      clients.put(STABLE, client(stable.port(), plan.rows()));
      clients.put(CANARY, client(canary.port(), plan.rows()));
      Map<String, LongStream.Builder> times = new LinkedHashMap<>();
      for (int slice = 0; slice <= plan.slices(); slice++) {
        for (Map.Entry<String, LoadClient> client : clients.entrySet()) {
          long[] answered = client.getValue().run(plan.connections(), plan.slice());
          if (slice > 0) {
            Arrays.stream(answered)
                .forEach(times.computeIfAbsent(client.getKey(), n -> LongStream.builder()));
          }
        }
      }
      double seconds = plan.slices() * plan.slice().toNanos() / 1e9;
      Map<String, Figures> figures = new LinkedHashMap<>();
      times.forEach(
          (name, all) -> figures.put(name, figures(all.build().sorted().toArray(), seconds)));
      return figures;
    }
  }

  /** One line a server, with its throughput as a share of the bare handler's. */
  static String text(int rows, Map<String, Figures> figures) {
    StringBuilder text = new StringBuilder();
    double bare = figures.get(BARE).perSecond();
    figures.forEach(
        (name, of) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%3d rows  %-15s %8.0f requests/s (%.2f of the bare handler), p50 %.2f ms, p99"
                        + " %.2f ms%n",
                    rows,
                    name,
                    of.perSecond(),
                    of.perSecond() / bare,
                    of.p50(),
                    of.p99())));
    return text.toString();
  }

  private static Figures figures(long[] sorted, double seconds) {
    return new Figures(
        sorted.length / seconds,
        sorted[sorted.length / 2] / 1e6,
        sorted[(int) (sorted.length * 0.99)] / 1e6);
  }

  private static Gateway gateway(Path folder, boolean canary) throws IOException {
    Releases releases = new Releases(folder);
    Release stable = releases.release("1", OnnxFile.logistic(0.5f, 0.1f));
    Release candidate = canary ? releases.release("2", OnnxFile.logistic(0.4f, 0.1f)) : null;
    releases.file(stable, candidate, canary ? 100 : 0);
    return Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, releases.state()));
  }

  private static LoadClient client(int port, int rows) {
    String data = String.join(",", Collections.nCopies(rows, "12.5"));
    String input = "{\"name\":\"%s\",\"shape\":[%d],\"datatype\":\"FP64\",\"data\":[%s]}";
    String body =
        String.format(
            "{\"id\":\"r\",\"inputs\":[" + input + "," + input + "]}",
            "miles",
            rows,
            data,
            "fare",
            rows,
            data);
    return new LoadClient(port, "/v2/models/" + Releases.ENDPOINT + "/infer", body);
  }
}
