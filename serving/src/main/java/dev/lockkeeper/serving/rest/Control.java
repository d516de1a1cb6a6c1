package dev.lockkeeper.serving.rest;

import dev.lockkeeper.formats.deployment.CanaryCountsFormat;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.serving.InferenceService;
import dev.lockkeeper.serving.Serving;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What deployment asks the gateway for: to apply a manifest, its state and its counts. */
record Control(Vertx vertx, InferenceService service) {

  private static final String ENDPOINT = "/lockkeeper/v1/endpoints/:endpoint";
  private static final String SEQUENCE = "[0-9]{1,18}";

  void addTo(Router router) {
    router.get(ENDPOINT + "/state").handler(this::state);
    router.get(ENDPOINT + "/counts").handler(this::counts);
    router.post(ENDPOINT + "/manifests/:sequence").handler(this::apply);
  }

  private void apply(RoutingContext context) {
    String endpoint = Answers.path(context, "endpoint");
    String sequence = Answers.path(context, "sequence");
    if (!sequence.matches(SEQUENCE)) {
      Answers.error(context, 400, "sequence '" + sequence + "': expected a positive integer");
      return;
    }
    Context caller =
        GlobalOpenTelemetry.getPropagators()
            .getTextMapPropagator()
            .extract(Context.current(), context.request().headers(), HEADERS);
    vertx
        .executeBlocking(() -> traced(caller, endpoint, Long.parseLong(sequence)), false)
        .onSuccess(state -> Answers.json(context, 200, state))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  /** The caller's trace shows the gateway, also where the manifest is in force already. */
  private ServingState traced(Context caller, String endpoint, long sequence) {
    Span span =
        GlobalOpenTelemetry.getTracer("dev.lockkeeper.serving")
            .spanBuilder("gateway: apply manifest")
            .setParent(caller)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("lockkeeper.endpoint", endpoint)
            .setAttribute("lockkeeper.manifest", sequence)
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      return service.apply(endpoint, sequence).state();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR).recordException(e);
      throw e;
    } finally {
      span.end();
    }
  }

  private void counts(RoutingContext context) {
    String endpoint = Answers.path(context, "endpoint");
    String sequence = context.request().getParam("sequence");
    Long asked = sequence != null && sequence.matches(SEQUENCE) ? Long.valueOf(sequence) : null;
    service
        .counts(endpoint, asked)
        .ifPresentOrElse(
            counts -> Answers.send(context, 200, CanaryCountsFormat.INSTANCE.write(counts)),
            () -> Answers.error(context, 404, "no counts for endpoint '" + endpoint + "'"));
  }

  private void state(RoutingContext context) {
    Serving serving = service.serving(Answers.path(context, "endpoint"), null);
    Answers.json(context, 200, serving.state());
  }

  private static final TextMapGetter<MultiMap> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(MultiMap headers) {
          return headers.names();
        }

        @Override
        public @Nullable String get(@Nullable MultiMap headers, String key) {
          return headers == null ? null : headers.get(key);
        }
      };
}
