package dev.lockkeeper.client;

import dev.lockkeeper.contracts.run.Payloads;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.opentracingshim.OpenTracingShim;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import io.temporal.opentracing.OpenTracingClientInterceptor;
import io.temporal.opentracing.OpenTracingOptions;
import java.util.List;

/**
 * What every client and worker must agree on: how values become payloads, and how a trace goes from
 * one to the other.
 */
public final class ClientSetup {

  private ClientSetup() {}

  /**
   * How values become payloads: the JSON of {@link Payloads}, each payload at most 1 MiB. A
   * specification that no pipeline may have is read as a failure of type {@code
   * SPECIFICATION_INVALID}.
   */
  public static DataConverter dataConverter() {
    return new SpecificationGuard(
        new CodecDataConverter(Payloads.converter(), List.of(new PayloadLimit())));
  }

  /** Options of a client whose calls continue the caller's trace. */
  public static WorkflowClientOptions traced(String namespace, OpenTelemetry openTelemetry) {
    return options(namespace, new OpenTracingClientInterceptor(tracing(openTelemetry)));
  }

  /** Options of a client whose calls leave no trace. */
  public static WorkflowClientOptions untraced(String namespace) {
    return options(namespace);
  }

  /**
   * Continues the caller's trace in workflows and activities; a retry is a span of its own. Spans
   * have the attributes {@code lockkeeper.stage}, {@code lockkeeper.task_queue} and {@code
   * lockkeeper.attempt}. A look of a watch is a trace of its own.
   */
  public static WorkerInterceptor workerInterceptor(OpenTelemetry openTelemetry) {
    return new WorkerSpans(tracing(openTelemetry));
  }

  private static WorkflowClientOptions options(
      String namespace, WorkflowClientInterceptor... interceptors) {
    return WorkflowClientOptions.newBuilder()
        .setNamespace(namespace)
        .setDataConverter(dataConverter())
        .setInterceptors(interceptors)
        .build();
  }

  /** W3C trace context, whatever {@code OTEL_PROPAGATORS} says: both sides must read it. */
  @SuppressWarnings("deprecation") // Temporal traces through OpenTracing, which this bridges
  private static OpenTracingOptions tracing(OpenTelemetry openTelemetry) {
    TextMapPropagator propagator = W3CTraceContextPropagator.getInstance();
    return OpenTracingOptions.newBuilder()
        .setTracer(
            OpenTracingShim.createTracerShim(
                new SpanKinds(openTelemetry.getTracerProvider()), propagator, propagator))
        .build();
  }
}
