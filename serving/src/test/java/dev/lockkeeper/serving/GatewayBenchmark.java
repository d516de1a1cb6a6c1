package dev.lockkeeper.serving;

import dev.lockkeeper.formats.deployment.Release;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * What the gateway adds to a request. One client asks in turn a server that answers a constant, a
 * gateway with a stable version, and a gateway whose candidate answers everything. The models cost
 * next to nothing, so that the gateway is all there is to see.
 *
 * <p>No test by its name: {@code docs/layers/serving.md} says how to run it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GatewayBenchmark {

  private static final String CONSTANT = "constant";
  private static final String STABLE = "stable";
  private static final String CANARY = "canary";

  @Param({CONSTANT, STABLE, CANARY})
  public String server;

  @Param({"1", "100"})
  public int rows;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Path folder;
  private Gateway gateway;
  private Vertx vertx;
  private HttpRequest request;

  @Setup
  public void start() throws Exception {
    folder = Files.createTempDirectory("gateway-benchmark");
    Releases releases = new Releases(folder);
    Release stable = releases.release("1", Models.logistic(0.5f, 0.1f));
    boolean canary = server.equals(CANARY);
    releases.file(
        stable,
        canary ? releases.release("2", Models.logistic(0.4f, 0.1f)) : null,
        canary ? 100 : 0);
    gateway = Gateway.start(GatewayConfiguration.standard("127.0.0.1", 0, releases.state()));
    vertx = Vertx.vertx();
    request = to(gateway.port());
    if (server.equals(CONSTANT)) {
      request = to(constant(ask()));
    }
  }

  @TearDown
  public void stop() throws IOException {
    gateway.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One request and its answer. */
  @Benchmark
  public byte[] ask() throws Exception {
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /** Runs it and writes the medians and their ratios. */
  @Test
  void run() throws RunnerException, IOException {
    Map<String, Statistics> times = new TreeMap<>();
    for (RunResult result :
        new Runner(new OptionsBuilder().include(GatewayBenchmark.class.getName()).build()).run()) {
      times.put(
          result.getParams().getParam("rows") + " " + result.getParams().getParam("server"),
          result.getPrimaryResult().getStatistics());
    }
    StringBuilder text = new StringBuilder();
    times.forEach(
        (name, time) -> {
          Statistics constant = times.get(name.replaceFirst(" .*", " " + CONSTANT));
          text.append(
              String.format(
                  Locale.ROOT,
                  "%-14s median %8.1f us, p99 %8.1f us; median is %.2f of the constant's%n",
                  name,
                  time.getPercentile(50),
                  time.getPercentile(99),
                  time.getPercentile(50) / constant.getPercentile(50)));
        });
    Files.writeString(Path.of("target", "gateway-benchmark.txt"), text);
  }

  private HttpRequest to(int port) {
    String numbers = String.join(",", Collections.nCopies(rows, "12.5"));
    String input =
        "{\"name\":\"%s\",\"shape\":["
            + rows
            + "],\"datatype\":\"FP64\",\"data\":["
            + numbers
            + "]}";
    String body =
        "{\"id\":\"r\",\"inputs\":["
            + String.format(input, "miles")
            + ","
            + String.format(input, "fare")
            + "]}";
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/v2/models/" + Releases.ENDPOINT + "/infer"))
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** A server that reads each request whole and answers the same bytes; its port. */
  private int constant(byte[] answer) {
    return vertx
        .createHttpServer()
        .requestHandler(
            asked ->
                asked
                    .body()
                    .onSuccess(
                        body ->
                            asked
                                .response()
                                .putHeader("content-type", "application/json")
                                .end(Buffer.buffer(answer))))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }
}
