package dev.lockkeeper.serving.gateway;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.serving.InferenceService;
import dev.lockkeeper.serving.rest.RestRoutes;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running gateway. It starts with what the newest verified manifest of each endpoint says. */
public final class Gateway implements AutoCloseable {

  /** The zones that a gateway reaches. */
  public static final ZoneAccess ACCESS =
      ZoneAccess.reading(Zone.MODELS, Zone.DEPLOYMENTS).writing(Zone.INFERENCE_LOG);

  private static final int STOP_SECONDS = 10;

  /** For requests that are open when the notice is over: less than {@link #STOP_SECONDS}. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(8);

  private final Vertx vertx;
  private final HttpServer server;
  private final InferenceService service;
  private final AtomicBoolean ending;
  private final Duration notice;

  private Gateway(
      Vertx vertx,
      HttpServer server,
      InferenceService service,
      AtomicBoolean ending,
      Duration notice) {
    this.vertx = vertx;
    this.server = server;
    this.service = service;
    this.ending = ending;
    this.notice = notice;
  }

  /**
   * Starts a gateway.
   *
   * @throws BindException if it cannot listen there; the message says what to do
   * @throws IOException if the trust cannot be read
   * @throws StoreException if its zones cannot be reached
   */
  public static Gateway start(GatewayConfiguration configuration) throws IOException {
    ArtifactStore store =
        ArtifactStores.open(configuration.state().zones(), ACCESS).requireAccess();
    TrustStore trust = TrustStore.load(configuration.state().trust());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    InferenceService service =
        InferenceService.start(
            store,
            trust,
            metrics,
            configuration.candidateTimeout(),
            configuration.logInterval(),
            configuration.followInterval());
    Vertx vertx = Vertx.vertx();
    AtomicBoolean ending = new AtomicBoolean();
    try {
      HttpServer server =
          await(
              vertx
                  .createHttpServer(
                      new HttpServerOptions().setTcpNoDelay(true).setMaxInitialLineLength(8_192))
                  .requestHandler(RestRoutes.router(vertx, service, metrics, ending::get))
                  .listen(configuration.port(), configuration.host()));
      return new Gateway(vertx, server, service, ending, configuration.notice());
    } catch (IOException e) {
      vertx.close();
      service.close();
      BindException refused =
          new BindException(
              "the gateway cannot listen on "
                  + configuration.host()
                  + ":"
                  + configuration.port()
                  + " ("
                  + e.getMessage()
                  + "): free the port or choose another with --port");
      refused.initCause(e);
      throw refused;
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /**
   * Is no longer ready and asks clients to close their connections; after the notice takes no more,
   * answers what is open, writes the rest of the log and ends.
   */
  @Override
  public void close() {
    ending.set(true);
    try {
      if (!notice.isZero()) {
        await(vertx.timer(notice.toMillis(), TimeUnit.MILLISECONDS));
      }
      await(server.shutdown(LAST_ANSWERS));
      await(vertx.close());
    } catch (IOException e) {
      throw new IllegalStateException("the gateway did not stop cleanly: " + e.getMessage(), e);
    } finally {
      service.close();
    }
  }

  private static <T> T await(io.vertx.core.Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = java.util.Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + STOP_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
