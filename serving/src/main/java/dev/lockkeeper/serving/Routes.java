package dev.lockkeeper.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.registry.ModelPackage;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's HTTP interface: the Open Inference Protocol v2, what deployment asks for, metrics
 * and health.
 */
final class Routes {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final long MAXIMUM_BODY = 8L << 20;
  private static final String VERSION = "/v2/models/:endpoint/versions/:version";
  private static final String ENDPOINT = "/lockkeeper/v1/endpoints/:endpoint";

  private final Vertx vertx;
  private final Endpoints endpoints;
  private final Inference inference;
  private final PrometheusMeterRegistry metrics;

  Routes(Vertx vertx, Endpoints endpoints, Inference inference, PrometheusMeterRegistry metrics) {
    this.vertx = vertx;
    this.endpoints = endpoints;
    this.inference = inference;
    this.metrics = metrics;
  }

  Router router() {
    Router router = Router.router(vertx);
    router.route().handler(Routes::withoutForms);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MAXIMUM_BODY));
    router.get("/v2").handler(context -> json(context, 200, server()));
    router.get("/v2/health/live").handler(context -> json(context, 200, live(true)));
    router.get("/v2/health/ready").handler(this::ready);
    router.get("/v2/models/:endpoint").handler(this::model);
    router.get("/v2/models/:endpoint/ready").handler(this::modelReady);
    router.post("/v2/models/:endpoint/infer").handler(this::infer);
    router.get(VERSION).handler(this::model);
    router.get(VERSION + "/ready").handler(this::modelReady);
    router.post(VERSION + "/infer").handler(this::infer);
    router.get(ENDPOINT + "/state").handler(this::state);
    router.get(ENDPOINT + "/counts").handler(this::counts);
    router.post(ENDPOINT + "/manifests/:sequence").handler(this::apply);
    router
        .get("/metrics")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("content-type", "text/plain; version=0.0.4")
                    .end(metrics.scrape()));
    router.get("/health/live").handler(context -> json(context, 200, live(true)));
    router.get("/health/ready").handler(this::ready);
    router.errorHandler(
        404, context -> error(context, 404, "there is no " + context.request().path()));
    router.errorHandler(
        405,
        context ->
            error(
                context,
                405,
                context.request().path() + " does not answer " + context.request().method()));
    router.errorHandler(
        413,
        context ->
            error(
                context,
                413,
                "the body is larger than " + MAXIMUM_BODY + " bytes: send smaller batches"));
    return router;
  }

  /** Every body is JSON; a client that says it sends a form, as curl does, would have it parsed. */
  private static void withoutForms(RoutingContext context) {
    context.request().headers().remove("content-type");
    context.next();
  }

  private void infer(RoutingContext context) {
    String endpoint = path(context, "endpoint");
    Serving serving = serving(context, endpoint);
    if (serving == null) {
      return;
    }
    if (context.request().getHeader("inference-header-content-length") != null) {
      error(
          context,
          400,
          "the extension for binary tensor data is not spoken here: send the data as JSON"
              + " (in a Triton client: binary_data=False)");
      return;
    }
    Buffer body = context.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    String key = context.request().getHeader("x-lockkeeper-routing-key");
    Timer.Sample sample = Timer.start(metrics);
    blocking(
        context,
        () -> {
          InferenceResult result = inference.answer(serving, InferenceRequest.read(bytes, key));
          byte[] response = Json.canonicalBytes(result.response());
          sample.stop(
              Timer.builder("lockkeeper_inference")
                  .tag("endpoint", endpoint)
                  .tag("version", result.model().version())
                  .tag("fell_back", String.valueOf(result.fellBack()))
                  .register(metrics));
          return response;
        },
        response -> send(context, 200, response));
  }

  private void apply(RoutingContext context) {
    String endpoint = path(context, "endpoint");
    String sequence = path(context, "sequence");
    if (!sequence.matches("[0-9]{1,18}")) {
      error(context, 400, "sequence '" + sequence + "': expected a positive integer");
      return;
    }
    Context caller =
        GlobalOpenTelemetry.getPropagators()
            .getTextMapPropagator()
            .extract(Context.current(), context.request().headers(), HEADERS);
    blocking(
        context,
        () -> {
          try (Scope scope = caller.makeCurrent()) {
            return endpoints.apply(endpoint, Long.parseLong(sequence));
          }
        },
        serving -> json(context, 200, state(serving)));
  }

  private void counts(RoutingContext context) {
    String endpoint = path(context, "endpoint");
    String sequence = context.request().getParam("sequence");
    Long asked =
        sequence != null && sequence.matches("[0-9]{1,18}") ? Long.valueOf(sequence) : null;
    endpoints
        .counts(endpoint, asked)
        .ifPresentOrElse(
            counts -> json(context, 200, counts),
            () -> error(context, 404, "no counts for endpoint '" + endpoint + "'"));
  }

  private void state(RoutingContext context) {
    Serving serving = serving(context, path(context, "endpoint"));
    if (serving != null) {
      json(context, 200, state(serving));
    }
  }

  private static ServingState state(Serving serving) {
    return new ServingState(
        serving.manifest().endpoint(),
        serving.manifest().sequence(),
        modelPackage(serving.stable()),
        modelPackage(serving.candidate()),
        serving.manifest().candidatePercent());
  }

  private static @Nullable ModelPackage modelPackage(@Nullable ServedModel model) {
    return model == null ? null : model.verified().modelPackage();
  }

  private void model(RoutingContext context) {
    Serving serving = serving(context, path(context, "endpoint"));
    if (serving != null) {
      json(context, 200, ModelMetadata.of(serving));
    }
  }

  private void modelReady(RoutingContext context) {
    Serving serving = serving(context, path(context, "endpoint"));
    if (serving != null) {
      boolean ready = serving.stable() != null || serving.candidate() != null;
      json(
          context,
          ready ? 200 : 503,
          live(ready).put("name", serving.manifest().endpoint()).put("ready", ready));
    }
  }

  private void ready(RoutingContext context) {
    if (endpoints.broken().isEmpty()) {
      json(context, 200, live(true).put("ready", true));
    } else {
      error(context, 503, "closed endpoints: " + endpoints.broken());
    }
  }

  private @Nullable Serving serving(RoutingContext context, String endpoint) {
    Serving serving = endpoints.find(endpoint).orElse(null);
    if (serving == null) {
      String why = endpoints.broken().get(endpoint);
      error(
          context,
          why == null ? 404 : 503,
          why == null ? "there is no endpoint '" + endpoint + "'" : why);
      return null;
    }
    String version = context.pathParam("version");
    if (version == null) {
      return serving;
    }
    ServedModel stable = serving.stable();
    if (stable == null || !stable.version().equals(version)) {
      error(
          context,
          404,
          "version '"
              + version
              + "' of endpoint '"
              + endpoint
              + "' does not serve as stable: expected "
              + (stable == null ? "none yet" : stable.version())
              + "; a candidate is reached through its canary alone");
      return null;
    }
    return serving.stableAlone();
  }

  private <T> void blocking(
      RoutingContext context, Callable<T> work, java.util.function.Consumer<T> then) {
    vertx
        .executeBlocking(work, false)
        .onSuccess(then::accept)
        .onFailure(
            failure -> {
              if (failure instanceof BadRequestException) {
                error(context, 400, String.valueOf(failure.getMessage()));
              } else if (failure instanceof ManifestRefusedException) {
                error(context, 409, String.valueOf(failure.getMessage()));
              } else if (failure instanceof UnservedException) {
                error(context, 503, String.valueOf(failure.getMessage()));
              } else {
                LOG.error("a request failed", failure);
                error(context, 500, "the gateway failed; its log says why");
              }
            });
  }

  private static String path(RoutingContext context, String name) {
    return java.util.Objects.requireNonNull(context.pathParam(name));
  }

  private static ObjectNode live(boolean live) {
    return Json.mapper().createObjectNode().put("live", live);
  }

  private static ObjectNode server() {
    ObjectNode server = Json.mapper().createObjectNode();
    server.put("name", "lockkeeper").put("version", "0.1.0").putArray("extensions");
    return server;
  }

  private static void json(RoutingContext context, int status, Object value) {
    send(context, status, Json.canonicalBytes(value));
  }

  private static void send(RoutingContext context, int status, byte[] json) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(Buffer.buffer(json));
  }

  private static void error(RoutingContext context, int status, String message) {
    json(context, status, Json.mapper().createObjectNode().put("error", message));
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
