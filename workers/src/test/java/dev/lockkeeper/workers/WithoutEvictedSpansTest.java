package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithoutEvictedSpansTest {

  @Test
  void whatAReplayMakesAgain_isLeftOut() {
    InMemorySpans spans = new InMemorySpans();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new WithoutEvictedSpans(spans)))
            .build()) {
      Tracer tracer = provider.get("test");
      tracer.spanBuilder("dropped").setAttribute("evicted", true).startSpan().end();
      tracer.spanBuilder("HandleQuery:status").startSpan().end();
      tracer.spanBuilder("QueryWorkflow:status").startSpan().end();
      tracer.spanBuilder("HandleUpdate:submitDecision").startSpan().end();
      tracer.spanBuilder("kept").startSpan().end();
    }

    assertEquals(List.of("kept"), spans.names);
  }

  private static final class InMemorySpans implements SpanExporter {
    private final List<String> names = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      spans.forEach(span -> names.add(span.getName()));
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
