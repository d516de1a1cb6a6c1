package example.extensions;

import dev.lockkeeper.formats.Json;
import dev.lockkeeper.stage.Alert;
import dev.lockkeeper.stage.AlertSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Posts each alert as JSON to the address in the system property {@code example.webhook}, as chat
 * rooms and pagers take them. The id lets the receiver drop an alert that comes twice.
 */
public final class WebhookAlerts implements AlertSink {

  static final String ADDRESS = "example.webhook";

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  @Override
  public void raise(Alert alert) {
    String address = System.getProperty(ADDRESS);
    if (address == null) {
      throw new IllegalStateException("the system property " + ADDRESS + " names no address");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.canonicalBytes(alert)))
            .build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new IllegalStateException("the webhook at " + address + " answers " + status);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the webhook at " + address + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an alert was sent", e);
    }
  }
}
