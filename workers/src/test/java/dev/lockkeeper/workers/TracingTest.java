package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The standard environment, given here as the system properties that stand for it. */
class TracingTest {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  @BeforeEach
  void listen() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void close() {
    collector.stop(0);
  }

  @Test
  void endpointAlone_isExportedTo() throws IOException {
    trace(Map.of());

    assertEquals(1, received.size());
    assertTrue(received.get(0).contains("lockkeeper-test"), received.get(0));
  }

  @Test
  void serviceName_ofTheResourceAttributesWins() throws IOException {
    trace(Map.of("otel.resource.attributes", "service.name=tests,deployment.environment=test"));

    assertTrue(received.get(0).contains("tests"), received.get(0));
  }

  @Test
  void exporterNone_exportsNothing() throws IOException {
    trace(Map.of("otel.traces.exporter", "none"));

    assertEquals(List.of(), received);
  }

  @Test
  void disabledSdk_exportsNothing() throws IOException {
    trace(Map.of("otel.sdk.disabled", "true"));

    assertEquals(List.of(), received);
  }

  private void trace(Map<String, String> settings) throws IOException {
    Map<String, String> all =
        new java.util.HashMap<>(
            Map.of(
                "otel.exporter.otlp.endpoint",
                "http://127.0.0.1:" + collector.getAddress().getPort(),
                "otel.exporter.otlp.protocol",
                "http/protobuf"));
    all.putAll(settings);
    all.forEach(System::setProperty);
    try (Tracing tracing = Tracing.local("lockkeeper-test", null)) {
      tracing.openTelemetry().getTracer("test").spanBuilder("a span").startSpan().end();
    } finally {
      all.keySet().forEach(System::clearProperty);
    }
  }
}
