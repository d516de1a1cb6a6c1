package dev.lockkeeper.client;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;

/**
 * Gives the spans of Temporal's tracing their kind, as that tracing has it in other languages:
 * OpenTracing, through which it goes here, has none. What a worker does is named {@code Run…} or
 * {@code Handle…}.
 *
 * @param spans makes the spans
 */
record SpanKinds(TracerProvider spans) implements TracerProvider {

  @Override
  public Tracer get(String scope) {
    return withKinds(spans.get(scope));
  }

  @Override
  public Tracer get(String scope, String version) {
    return withKinds(spans.get(scope, version));
  }

  private static Tracer withKinds(Tracer tracer) {
    return name -> tracer.spanBuilder(name).setSpanKind(kind(name));
  }

  private static SpanKind kind(String name) {
    return name.startsWith("Run") || name.startsWith("Handle") ? SpanKind.SERVER : SpanKind.CLIENT;
  }
}
