package dev.lockkeeper.serving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.serving.gateway.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Asks a gateway over HTTP.
 *
 * @param gateway its address
 */
record Client(URI gateway) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** An answer. */
  record Answer(int status, JsonNode body) {

    String error() {
      return body.path("error").asText();
    }
  }

  static Client of(Gateway gateway) {
    return new Client(URI.create("http://127.0.0.1:" + gateway.port()));
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(gateway.resolve(path)).GET());
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return post(path, "application/json", body);
  }

  Answer post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("content-type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer infer(String routingKey, double miles, double fare)
      throws IOException, InterruptedException {
    return post("/v2/models/tips/infer", request(routingKey, miles, fare));
  }

  /** Tells the gateway that a manifest is there. */
  Answer apply(long sequence) throws IOException, InterruptedException {
    return post("/lockkeeper/v1/endpoints/tips/manifests/" + sequence, "");
  }

  /** A metric without labels. */
  double metric(String name) throws IOException {
    try (InputStream metrics = gateway.resolve("/metrics").toURL().openStream()) {
      return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
          .findFirst()
          .orElseThrow();
    }
  }

  static String request(String routingKey, double miles, double fare) {
    return String.format(
        Locale.ROOT,
        """
        {"id": "r-1", "parameters": {"routing_key": "%s"}, "inputs": [
         {"name": "miles", "shape": [1], "datatype": "FP64", "data": [%f]},
         {"name": "fare", "shape": [1], "datatype": "FP64", "data": [%f]}]}
        """,
        routingKey,
        miles,
        fare);
  }

  private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    byte[] body = response.body().length == 0 ? new byte[] {'{', '}'} : response.body();
    return new Answer(response.statusCode(), Json.mapper().readTree(body));
  }
}
