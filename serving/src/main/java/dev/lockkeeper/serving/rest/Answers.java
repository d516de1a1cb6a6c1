package dev.lockkeeper.serving.rest;

import dev.lockkeeper.formats.Json;
import dev.lockkeeper.serving.BadRequestException;
import dev.lockkeeper.serving.ManifestRefusedException;
import dev.lockkeeper.serving.UnknownNameException;
import dev.lockkeeper.serving.UnservedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers: JSON always, and each failure of the core with its HTTP status. */
final class Answers {

  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /** A parameter that the route's path has. */
  static String path(RoutingContext context, String name) {
    return Objects.requireNonNull(context.pathParam(name));
  }

  static void json(RoutingContext context, int status, Object value) {
    send(context, status, Json.canonicalBytes(value));
  }

  static void send(RoutingContext context, int status, byte[] json) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(Buffer.buffer(json));
  }

  static void error(RoutingContext context, int status, String message) {
    json(context, status, Json.mapper().createObjectNode().put("error", message));
  }

  static void failure(RoutingContext context, @Nullable Throwable failure) {
    if (failure instanceof BadRequestException) {
      error(context, 400, String.valueOf(failure.getMessage()));
    } else if (failure instanceof UnknownNameException) {
      error(context, 404, String.valueOf(failure.getMessage()));
    } else if (failure instanceof ManifestRefusedException) {
      error(context, 409, String.valueOf(failure.getMessage()));
    } else if (failure instanceof UnservedException) {
      error(context, 503, String.valueOf(failure.getMessage()));
    } else {
      LOG.error("a request failed", failure);
      error(context, 500, "the gateway failed; its log says why");
    }
  }
}
