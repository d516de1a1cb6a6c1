package example.extensions;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.lockkeeper.formats.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives what {@link WebhookAlerts} sends, until it is closed. */
final class Webhook implements AutoCloseable {

  private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private Webhook(HttpServer server) {
    this.server = server;
  }

  static Webhook open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Webhook webhook = new Webhook(server);
    server.createContext(
        "/",
        exchange -> {
          webhook.alerts.add(Json.mapper().readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    System.setProperty(
        WebhookAlerts.ADDRESS, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return webhook;
  }

  /** In the order in which they came. */
  List<JsonNode> alerts() {
    return List.copyOf(alerts);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
