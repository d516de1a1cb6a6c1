package dev.lockkeeper.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.fixtures.OnnxFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a gateway takes from the start of its process until it is ready, by the number of its
 * endpoints. Each has a package of its own with a model of a few hundred bytes, so that the figures
 * are of what every release costs. With {@code -Dbenchmark.before=CHECKOUT}, a compiled checkout of
 * another version, both versions start in turns, so that whatever else the machine does meets them
 * alike.
 *
 * <p>Surefire does not run it by itself: {@code docs/layers/serving.md} says how to.
 */
class GatewayStartBenchmark {

  static final String NOW = "this version";
  static final String BEFORE = "the other version";

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir Path folder;

  @Test
  void run() throws Exception {
    Map<String, String> versions = new LinkedHashMap<>(Map.of(NOW, classPath(null)));
    String before = System.getProperty("benchmark.before");
    if (before != null) {
      versions.put(BEFORE, classPath(Path.of(before)));
    }
    StringBuilder text = new StringBuilder();
    for (int endpoints : new int[] {1, 4, 16}) {
      Path state = state(Files.createDirectory(folder.resolve("of-" + endpoints)), endpoints);
      text.append(
          text(endpoints, measure(state, versions, Integer.getInteger("benchmark.rounds", 9))));
    }
    Files.writeString(Path.of("target", "gateway-start.txt"), text);
  }

  /** This class path, or that of another checkout but for the tests. */
  static String classPath(Path checkout) {
    String here = System.getProperty("java.class.path");
    return checkout == null
        ? here
        : here.replaceAll("(?<=^|:)" + ROOT + "/([^:]*/target/classes)(?=:|$)", checkout + "/$1");
  }

  /** A state folder whose endpoints each serve a release. */
  static Path state(Path folder, int endpoints) throws IOException {
    Releases releases = new Releases(folder);
    for (int i = 1; i <= endpoints; i++) {
      String endpoint = "tips-" + i;
      releases.fileFor(
          endpoint,
          releases.releaseFor(endpoint, String.valueOf(i), OnnxFile.logistic(0.5f, 0.1f * i)));
    }
    return releases.state().path();
  }

  /** Milliseconds of each start, by version; one round before them does not count. */
  static Map<String, List<Double>> measure(Path state, Map<String, String> versions, int rounds)
      throws Exception {
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, String> version : versions.entrySet()) {
        double took = start(state, version.getValue());
        if (round > 0) {
          millis.computeIfAbsent(version.getKey(), n -> new ArrayList<>()).add(took);
        }
      }
    }
    return millis;
  }

  private static double start(Path state, String classPath) throws Exception {
    long began = System.nanoTime();
    Process gateway =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                GatewayProcess.class.getName(),
                state.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = gateway.inputReader(StandardCharsets.UTF_8)) {
      String line = said.readLine();
      while (!line.startsWith("port ")) {
        line = said.readLine();
      }
      URI ready = URI.create("http://127.0.0.1:" + line.substring(5) + "/v2/health/ready");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());
      double millis = (System.nanoTime() - began) / 1e6;
      assertEquals(200, answer.statusCode(), answer.body());
      return millis;
    } finally {
      gateway.destroyForcibly().waitFor();
    }
  }

  /** One line a version: the median, the least and the most, and the ratio of the medians. */
  static String text(int endpoints, Map<String, List<Double>> millis) {
    StringBuilder text = new StringBuilder();
    double first = median(millis.get(NOW));
    millis.forEach(
        (version, all) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%2d endpoints  %-17s %5.0f ms (%.0f to %.0f), %.2f of this version%n",
                    endpoints,
                    version,
                    median(all),
                    all.stream().mapToDouble(m -> m).min().orElseThrow(),
                    all.stream().mapToDouble(m -> m).max().orElseThrow(),
                    median(all) / first)));
    return text.toString();
  }

  private static double median(List<Double> all) {
    return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
  }
}
