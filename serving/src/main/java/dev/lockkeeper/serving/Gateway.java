package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.DirectoryArtifactStore;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running gateway. It starts with what the newest verified manifest of each endpoint says. */
public final class Gateway implements AutoCloseable {

  /** The zones that a gateway reaches. */
  public static final ZoneAccess ACCESS =
      ZoneAccess.reading(Zone.MODELS, Zone.DEPLOYMENTS).writing(Zone.INFERENCE_LOG);

  private static final int STOP_SECONDS = 10;

  private final Vertx vertx;
  private final HttpServer server;
  private final long flushing;
  private final Inference inference;
  private final InferenceLogWriter log;
  private final ModelPool models;

  private Gateway(
      Vertx vertx,
      HttpServer server,
      long flushing,
      Inference inference,
      InferenceLogWriter log,
      ModelPool models) {
    this.vertx = vertx;
    this.server = server;
    this.flushing = flushing;
    this.inference = inference;
    this.log = log;
    this.models = models;
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
        new DirectoryArtifactStore(
                configuration.state().store(),
                ACCESS.readable(),
                ACCESS.writable())
            .requireAccess();
    TrustStore trust = TrustStore.load(configuration.state().trust());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx = Vertx.vertx();
    ModelPool models = new ModelPool(store, trust, metrics);
    Endpoints endpoints = new Endpoints(new ManifestReader(store, trust), models, metrics);
    endpoints.loadNewest();
    InferenceLogWriter log = new InferenceLogWriter(store, endpoints.instance(), metrics);
    Inference inference = new Inference(log, configuration.candidateTimeout());
    try {
      HttpServer server =
          await(
              vertx
                  .createHttpServer(
                      new HttpServerOptions().setTcpNoDelay(true).setMaxInitialLineLength(8_192))
                  .requestHandler(new Routes(vertx, endpoints, inference, metrics).router())
                  .listen(configuration.port(), configuration.host()));
      long flushing =
          vertx.setPeriodic(
              configuration.logInterval().toMillis(), timer -> vertx.executeBlocking(log::flush));
      return new Gateway(vertx, server, flushing, inference, log, models);
    } catch (IOException e) {
      vertx.close();
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

  /** Stops taking requests, writes the rest of the log and ends. */
  @Override
  public void close() {
    try {
      await(server.close());
      vertx.cancelTimer(flushing);
      log.close();
      await(vertx.close());
    } catch (IOException e) {
      throw new IllegalStateException("the gateway did not stop cleanly: " + e.getMessage(), e);
    } finally {
      inference.close();
      models.close();
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
