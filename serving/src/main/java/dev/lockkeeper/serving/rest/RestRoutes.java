package dev.lockkeeper.serving.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.serving.InferenceResult;
import dev.lockkeeper.serving.InferenceService;
import dev.lockkeeper.serving.Serving;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The gateway's HTTP interface: the Open Inference Protocol v2, what deployment asks for, metrics
 * and health.
 */
public final class RestRoutes {

  private static final long MAXIMUM_BODY = 8L << 20;
  private static final String MODEL = "/v2/models/:endpoint";
  private static final String VERSION = MODEL + "/versions/:version";

  private final Vertx vertx;
  private final InferenceService service;
  private final PrometheusMeterRegistry metrics;
  private final BooleanSupplier ending;
  private final RequestCounters requests;

  private RestRoutes(
      Vertx vertx,
      InferenceService service,
      PrometheusMeterRegistry metrics,
      BooleanSupplier ending) {
    this.vertx = vertx;
    this.service = service;
    this.metrics = metrics;
    this.ending = ending;
    this.requests = new RequestCounters(metrics);
  }

  /**
   * A router that answers with what the service says.
   *
   * @param ending whether clients should go elsewhere
   */
  public static Router router(
      Vertx vertx,
      InferenceService service,
      PrometheusMeterRegistry metrics,
      BooleanSupplier ending) {
    Router router = Router.router(vertx);
    RestRoutes routes = new RestRoutes(vertx, service, metrics, ending);
    router.route().handler(RestRoutes::withoutForms);
    router.route().handler(routes::closingAtTheEnd);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MAXIMUM_BODY));
    routes.addTo(router);
    new Control(vertx, service).addTo(router);
    addErrors(router);
    return router;
  }

  private void addTo(Router router) {
    router.get("/v2").handler(context -> Answers.json(context, 200, server()));
    for (String path : new String[] {MODEL, VERSION}) {
      router.get(path).handler(this::model);
      router.get(path + "/ready").handler(this::modelReady);
      router.post(path + "/infer").handler(this::infer);
    }
    for (String health : new String[] {"/v2/health", "/health"}) {
      router.get(health + "/live").handler(context -> Answers.json(context, 200, live(true)));
      router.get(health + "/ready").handler(this::ready);
    }
    router
        .get("/metrics")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("content-type", "text/plain; version=0.0.4")
                    .end(metrics.scrape()));
  }

  private static void addErrors(Router router) {
    router.errorHandler(
        404, context -> Answers.error(context, 404, "there is no " + context.request().path()));
    router.errorHandler(
        405,
        context ->
            Answers.error(
                context,
                405,
                context.request().path() + " does not answer " + context.request().method()));
    router.errorHandler(
        413,
        context ->
            Answers.error(
                context,
                413,
                "the body is larger than " + MAXIMUM_BODY + " bytes: send smaller batches"));
    router.errorHandler(500, context -> Answers.failure(context, context.failure()));
  }

  /** Every body is JSON; a client that says it sends a form, as curl does, would have it parsed. */
  private static void withoutForms(RoutingContext context) {
    context.request().headers().remove("content-type");
    context.next();
  }

  private void closingAtTheEnd(RoutingContext context) {
    if (ending.getAsBoolean()) {
      context.response().putHeader("connection", "close");
    }
    context.next();
  }

  private void infer(RoutingContext context) {
    long arrived = System.nanoTime();
    context.addEndHandler(
        end ->
            requests.count(Answers.path(context, "endpoint"), context.response().getStatusCode()));
    Serving serving = serving(context);
    if (context.request().getHeader("inference-header-content-length") != null) {
      Answers.error(
          context,
          400,
          "the extension for binary tensor data is not spoken here: send the data as JSON"
              + " (in a Triton client: binary_data=False)");
      return;
    }
    Buffer body = context.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    String key = context.request().getHeader("x-lockkeeper-routing-key");
    vertx
        .executeBlocking(
            () -> {
              InferenceResult result = service.infer(serving, RequestReader.read(bytes, key));
              byte[] response = ResponseWriter.bytes(result);
              service.answered(result, arrived);
              return response;
            },
            false)
        .onSuccess(response -> Answers.send(context, 200, response))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void model(RoutingContext context) {
    Answers.json(context, 200, ModelMetadataJson.of(serving(context).metadata()));
  }

  private void modelReady(RoutingContext context) {
    Serving serving = serving(context);
    boolean ready = serving.isReady();
    Answers.json(
        context,
        ready ? 200 : 503,
        live(ready).put("name", serving.endpoint()).put("ready", ready));
  }

  private void ready(RoutingContext context) {
    if (ending.getAsBoolean()) {
      Answers.error(context, 503, "the gateway ends");
    } else if (service.broken().isEmpty()) {
      ObjectNode answer = live(true).put("ready", true);
      List<String> warnings = service.warnings();
      if (!warnings.isEmpty()) {
        warnings.forEach(answer.putArray("warnings")::add);
      }
      Answers.json(context, 200, answer);
    } else {
      Answers.error(context, 503, "closed endpoints: " + service.broken());
    }
  }

  private Serving serving(RoutingContext context) {
    return service.serving(Answers.path(context, "endpoint"), context.pathParam("version"));
  }

  private static ObjectNode live(boolean live) {
    return Json.mapper().createObjectNode().put("live", live);
  }

  private static ObjectNode server() {
    ObjectNode server = Json.mapper().createObjectNode();
    server.put("name", "lockkeeper").put("version", "0.1.0").putArray("extensions");
    return server;
  }
}
