package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.release.ReleaseVerifier;
import dev.lockkeeper.attestation.release.VerifiedRelease;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.store.ArtifactStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verified releases and their loaded models, by package root. A release is verified when it is new,
 * and again when the trust has changed since. Both stay for a while, so that going back takes
 * milliseconds.
 */
final class ModelPool implements AutoCloseable {

  private final ArtifactStore store;
  private final Timer verification;
  private final Map<Approved, VerifiedRelease> verified = new ConcurrentHashMap<>();
  private final Map<String, ServedModel> loaded = new ConcurrentHashMap<>();

  /** A package is approved for each endpoint by itself, and loaded once for all. */
  private record Approved(String root, String endpoint) {}

  ModelPool(ArtifactStore store, MeterRegistry metrics) {
    this.store = store;
    this.verification =
        Timer.builder("lockkeeper_release_verification")
            .description("Releases that were verified, whatever came out")
            .register(metrics);
    Gauge.builder("lockkeeper_loaded_models", loaded, Map::size)
        .description("Models in memory: those that serve, and those that may again soon")
        .strongReference(true)
        .register(metrics);
  }

  /**
   * The model of a release that is verified for an endpoint.
   *
   * @param trust what is trusted now
   * @throws dev.lockkeeper.attestation.CustodyException with the failing check
   */
  ServedModel obtain(Release release, String endpoint, TrustStore trust) {
    Approved approved = new Approved(release.modelPackage().rootDigest(), endpoint);
    VerifiedRelease before = verified.get(approved);
    ServedModel model = loaded.get(approved.root());
    if (model != null && before != null && before.covers(release, endpoint, trust)) {
      return model;
    }
    Span span =
        GlobalOpenTelemetry.getTracer("dev.lockkeeper.serving")
            .spanBuilder("gateway: verify and load")
            .setAttribute("lockkeeper.endpoint", endpoint)
            .setAttribute("lockkeeper.version", release.modelPackage().version())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      VerifiedRelease now =
          verification.record(() -> new ReleaseVerifier(store, trust).verify(release, endpoint));
      verified.put(approved, now);
      return loaded.computeIfAbsent(
          approved.root(), root -> ServedModel.load(now.verifiedPackage()));
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
    verified.keySet().removeIf(approved -> !loaded.containsKey(approved.root()));
  }

  @Override
  public void close() {
    loaded.values().forEach(ServedModel::close);
    loaded.clear();
    verified.clear();
  }
}
