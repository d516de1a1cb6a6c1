package dev.lockkeeper.workers;

import dev.lockkeeper.attestation.PrivateFiles;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The process's tracing, configured by the standard {@code OTEL_*} environment; without any of it
 * nothing is exported but what goes to the span file.
 */
public final class Tracing implements AutoCloseable {
  private static final Duration SOON = Duration.ofMillis(500);

  private final OpenTelemetrySdk sdk;

  private Tracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /**
   * Starts tracing and makes it the process's global one, so call it once a process.
   *
   * @param service the service's name unless {@code OTEL_SERVICE_NAME} names another
   * @param file a file that spans are appended to as well; null for none
   */
  public static Tracing start(String service, @Nullable Path file) throws IOException {
    return new Tracing(configured(service, file, true));
  }

  static Tracing local(String service, @Nullable Path file) throws IOException {
    return new Tracing(configured(service, file, false));
  }

  private static OpenTelemetrySdk configured(String service, @Nullable Path file, boolean global)
      throws IOException {
    SpanFile spans = file == null ? null : new SpanFile(PrivateFiles.file(file));
    var builder =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesSupplier(
                () -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
            .addPropertiesCustomizer(given -> defaults(service, given))
            .addSpanExporterCustomizer((exporter, properties) -> new WithoutEvictedSpans(exporter))
            .addTracerProviderCustomizer(
                (provider, properties) ->
                    spans == null
                        ? provider
                        : provider.addSpanProcessor(
                            BatchSpanProcessor.builder(new WithoutEvictedSpans(spans))
                                .setScheduleDelay(SOON)
                                .build()));
    if (global) {
      builder.setResultAsGlobal();
    }
    return builder.build().getOpenTelemetrySdk();
  }

  /** The default where the environment does not say otherwise: no exporter without an endpoint. */
  private static Map<String, String> defaults(String service, ConfigProperties given) {
    Map<String, String> defaults = new HashMap<>();
    if (given.getString("otel.service.name") == null
        && !given.getMap("otel.resource.attributes").containsKey("service.name")) {
      defaults.put("otel.service.name", service);
    }
    if (given.getString("otel.traces.exporter") == null
        && given.getString("otel.exporter.otlp.endpoint") == null
        && given.getString("otel.exporter.otlp.traces.endpoint") == null) {
      defaults.put("otel.traces.exporter", "none");
    }
    return defaults;
  }

  public OpenTelemetry openTelemetry() {
    return sdk;
  }

  /** Exports what is left, for at most five seconds. */
  @Override
  public void close() {
    sdk.shutdown().join(5, TimeUnit.SECONDS);
  }
}
