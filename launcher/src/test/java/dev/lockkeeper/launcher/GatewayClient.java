package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client of the gateway.
 *
 * @param gateway its address
 */
record GatewayClient(URI gateway) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Sends one request after the other, each of which must be answered. */
  void postAll(String path, List<String> bodies) throws IOException, InterruptedException {
    for (String body : bodies) {
      post(path, body, 200);
    }
  }

  JsonNode post(String path, String body, int expected) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(gateway.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        expected);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    URI address = gateway.resolve(path);
    return send(HttpRequest.newBuilder(address).GET(), 200);
  }

  private static JsonNode send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(
        expected, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    return Json.read(response.body(), JsonNode.class);
  }
}
