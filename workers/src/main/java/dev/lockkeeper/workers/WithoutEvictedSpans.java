package dev.lockkeeper.workers;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/**
 * Leaves out what each replay would export again: the workflow spans that end only because a worker
 * dropped the workflow from its cache, and those of handlers of signals, updates and queries. A
 * query, at the client too, is a trace of its own, several a second from whoever follows a run.
 */
record WithoutEvictedSpans(SpanExporter exporter) implements SpanExporter {
  private static final String HANDLER = "Handle";
  private static final String QUERY = "QueryWorkflow";
  private static final AttributeKey<Boolean> EVICTED = AttributeKey.booleanKey("evicted");
  private static final AttributeKey<String> EVICTED_TEXT = AttributeKey.stringKey("evicted");

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    List<SpanData> kept =
        spans.stream()
            .filter(span -> !repeated(span.getName()) && !evicted(span.getAttributes()))
            .toList();
    return kept.isEmpty() ? CompletableResultCode.ofSuccess() : exporter.export(kept);
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static boolean repeated(String name) {
    return name.startsWith(HANDLER) || name.startsWith(QUERY);
  }

  private static boolean evicted(Attributes attributes) {
    return Boolean.TRUE.equals(attributes.get(EVICTED))
        || "true".equals(attributes.get(EVICTED_TEXT));
  }
}
