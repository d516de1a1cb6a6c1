package dev.lockkeeper.serving.violation;

import io.vertx.ext.web.RoutingContext;

/** What the core may not do. */
public final class AnswersOverHttp {

  /** Ends an HTTP answer. */
  public void answer(RoutingContext context) {
    context.end();
  }
}
