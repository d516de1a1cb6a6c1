package dev.lockkeeper.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Passengers' requests to the gateway, at a steady rate, each with its own routing key. */
final class LiveTraffic implements AutoCloseable {

  private static final int REQUESTS_PER_SECOND = 80;
  private static final int SENDERS = 2;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS);
  private final Supplier<URI> gateway;
  private final String model;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Map<String, Long> answeredBy = new TreeMap<>();
  private long answered; // guarded by answeredBy
  private volatile boolean open;
  private volatile String firstFailure = "";

  LiveTraffic(URI gateway, String endpoint) {
    this(() -> gateway, endpoint);
  }

  /**
   * @param gateway which one the next request goes to
   */
  LiveTraffic(Supplier<URI> gateway, String endpoint) {
    this.gateway = gateway;
    this.model = "/v2/models/" + endpoint;
  }

  /** Begins as soon as the endpoint serves anything. */
  LiveTraffic start(long seed) {
    for (int i = 0; i < SENDERS; i++) {
      TaxiTrips trips = new TaxiTrips(seed + i);
      long apart = 1_000_000L * SENDERS / REQUESTS_PER_SECOND;
      Future<?> unused =
          senders.scheduleAtFixedRate(() -> next(trips), 0, apart, TimeUnit.MICROSECONDS);
    }
    return this;
  }

  long requests() {
    return requests.get();
  }

  long failed() {
    return failed.get();
  }

  /** What went wrong first; empty if nothing did. */
  String firstFailure() {
    return firstFailure;
  }

  /** How many requests each version answered. */
  Map<String, Long> answeredBy() {
    synchronized (answeredBy) {
      return new TreeMap<>(answeredBy);
    }
  }

  /** Waits until so many more requests were sent and answered, well or not. */
  void awaitAnswers(int more) throws InterruptedException {
    synchronized (answeredBy) {
      long goal = answered + more;
      while (answered < goal) {
        answeredBy.wait();
      }
    }
  }

  private void next(TaxiTrips trips) {
    try {
      if (open) {
        send(trips.live());
      } else {
        open = served();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean served() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(gateway.get().resolve(model + "/ready"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void send(TaxiTrips.Trip trip) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.get().resolve(model + "/infer"))
            .timeout(Duration.ofSeconds(5))
            .header("content-type", "application/json")
            .header("x-lockkeeper-routing-key", trip.id())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(trip)))
            .build();
    requests.incrementAndGet();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      judge(response);
    } catch (IOException e) {
      fail(String.valueOf(e));
    }
    synchronized (answeredBy) {
      answered++;
      answeredBy.notifyAll();
    }
  }

  private void judge(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() != 200) {
      fail(response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
      return;
    }
    JsonNode answer = Json.mapper().readTree(response.body());
    double probability = answer.path("outputs").path(0).path("data").path(0).asDouble(Double.NaN);
    if (!(probability >= 0 && probability <= 1)) {
      fail("no probability: " + answer);
      return;
    }
    synchronized (answeredBy) {
      answeredBy.merge(answer.path("model_version").asText(), 1L, Long::sum);
    }
  }

  private void fail(String why) {
    if (failed.getAndIncrement() == 0) {
      firstFailure = why;
    }
  }

  private static byte[] body(TaxiTrips.Trip trip) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("id", trip.id());
    ArrayNode inputs = request.putArray("inputs");
    input(inputs, "pickup_time", "BYTES", 1).add(TaxiTrips.time(trip));
    input(inputs, "pickup_area", "INT64", 1).add(trip.area());
    input(inputs, "payment_type", "BYTES", 1).add(trip.payment());
    input(inputs, "fare", "FP64", 1).add(trip.fare());
    input(inputs, "trip_miles", "FP64", 1).add(trip.miles());
    input(inputs, "trip_seconds", "INT64", 1).add(trip.seconds());
    return Json.canonicalBytes(request);
  }

  static ArrayNode input(ArrayNode inputs, String name, String type, int rows) {
    ObjectNode input = inputs.addObject();
    input.put("name", name).put("datatype", type).putArray("shape").add(rows);
    return input.putArray("data");
  }

  @Override
  public void close() throws InterruptedException {
    senders.shutdown();
    if (!senders.awaitTermination(10, TimeUnit.SECONDS)) {
      senders.shutdownNow();
    }
  }
}
