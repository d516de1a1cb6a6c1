package dev.lockkeeper.workers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What operators scrape and probe: {@code /metrics}, {@code /health/live}, {@code /health/ready}.
 */
final class OperationsServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int METHOD_NOT_ALLOWED = 405;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4, OperationsServer::thread);

  private OperationsServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @param ready why the process cannot work now; empty if it can
   */
  static OperationsServer start(
      String host, int port, PrometheusMeterRegistry registry, Supplier<String> ready)
      throws IOException {
    OperationsServer operations = new OperationsServer(bind(host, port));
    operations.answer("/metrics", "text/plain; version=0.0.4; charset=utf-8", registry::scrape);
    operations.answer("/health/live", "text/plain; charset=utf-8", () -> "alive\n");
    operations.server.createContext(
        "/health/ready",
        exchange -> {
          String obstacle = ready.get();
          int status = obstacle.isEmpty() ? OK : UNAVAILABLE;
          send(
              exchange,
              status,
              "text/plain; charset=utf-8",
              (obstacle.isEmpty() ? "ready" : obstacle) + "\n");
        });
    operations.server.setExecutor(operations.threads);
    operations.server.start();
    return operations;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private static HttpServer bind(String host, int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (BindException e) {
      BindException refused =
          new BindException(
              "the metrics port " + port + " on " + host + " cannot be opened: " + e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  private void answer(String path, String type, Supplier<String> body) {
    server.createContext(path, exchange -> send(exchange, OK, type, body.get()));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
        return;
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "operations");
    thread.setDaemon(true);
    return thread;
  }
}
