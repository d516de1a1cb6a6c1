package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.release.ReleaseVerifier;
import dev.lockkeeper.attestation.release.VerifiedPackage;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.store.ArtifactStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loaded models by package root. A release is verified every time somebody wants it; its model
 * stays loaded for a while, so that going back takes milliseconds.
 */
final class ModelPool implements AutoCloseable {

  private final ArtifactStore store;
  private final TrustStore trust;
  private final Map<String, ServedModel> loaded = new ConcurrentHashMap<>();

  ModelPool(ArtifactStore store, TrustStore trust, MeterRegistry metrics) {
    this.store = store;
    this.trust = trust;
    Gauge.builder("lockkeeper_loaded_models", loaded, Map::size)
        .description("Models in memory: those that serve, and those that may again soon")
        .strongReference(true)
        .register(metrics);
  }

  /**
   * Verifies a release for an endpoint and returns its model.
   *
   * @throws dev.lockkeeper.attestation.CustodyException with the failing check
   */
  ServedModel obtain(Release release, String endpoint) {
    Span span =
        GlobalOpenTelemetry.getTracer("dev.lockkeeper.serving")
            .spanBuilder("gateway: verify and load")
            .setAttribute("lockkeeper.endpoint", endpoint)
            .setAttribute("lockkeeper.version", release.modelPackage().version())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      VerifiedPackage verified = new ReleaseVerifier(store, trust).verify(release, endpoint);
      return loaded.computeIfAbsent(
          verified.modelPackage().rootDigest(), root -> ServedModel.load(verified));
    } catch (RuntimeException e) {
      span.recordException(e);
      throw e;
    } finally {
      span.end();
    }
  }

  /** Releases every model but these. */
  void keep(Set<ServedModel> wanted) {
    loaded
        .values()
        .removeIf(
            model -> {
              boolean leaves = !wanted.contains(model);
              if (leaves) {
                model.close();
              }
              return leaves;
            });
  }

  @Override
  public void close() {
    loaded.values().forEach(ServedModel::close);
    loaded.clear();
  }
}
