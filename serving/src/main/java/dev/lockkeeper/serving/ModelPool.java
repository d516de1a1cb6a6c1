package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.release.ReleaseVerifier;
import dev.lockkeeper.attestation.release.VerifiedPackage;
import dev.lockkeeper.attestation.release.VerifiedRelease;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.store.ArtifactStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Verified releases and their loaded models, by package root. A release is verified when it is new,
 * and again when the trust has changed since. Both stay for a while, so that going back takes
 * milliseconds.
 */
final class ModelPool implements AutoCloseable {

  private final ArtifactStore store;
  private final Timer verification;
  private final Map<String, Known> packages = new ConcurrentHashMap<>();

  /** What is known of a package: it is verified and loaded once, by one thread at a time. */
  private static final class Known {
    private final Map<String, VerifiedRelease> approvedFor = new HashMap<>();
    private @Nullable VerifiedPackage verified;
    private volatile @Nullable ServedModel model;
  }

  ModelPool(ArtifactStore store, MeterRegistry metrics) {
    this.store = store;
    this.verification =
        Timer.builder("lockkeeper_release_verification")
            .description("Releases that were verified, whatever came out")
            .register(metrics);
    Gauge.builder("lockkeeper_loaded_models", this, ModelPool::loaded)
        .description("Models in memory: those that serve, and those that may again soon")
        .strongReference(true)
        .register(metrics);
  }

  private long loaded() {
    return packages.values().stream().filter(known -> known.model != null).count();
  }

  /**
   * The model of a release that is verified for an endpoint. A package is approved for each
   * endpoint by itself, and verified and loaded once for all.
   *
   * @param trust what is trusted now
   * @throws dev.lockkeeper.attestation.CustodyException with the failing check
   */
  ServedModel obtain(Release release, String endpoint, TrustStore trust) {
    String root = release.modelPackage().rootDigest();
    Known known = packages.computeIfAbsent(root, none -> new Known());
    synchronized (known) {
      ServedModel model = known.model;
      VerifiedRelease before = known.approvedFor.get(endpoint);
      if (model != null && before != null && before.covers(release, endpoint, trust)) {
        return model;
      }
      return verified(known, release, endpoint, trust);
    }
  }

  private ServedModel verified(Known known, Release release, String endpoint, TrustStore trust) {
    Span span =
        GlobalOpenTelemetry.getTracer("dev.lockkeeper.serving")
            .spanBuilder("gateway: verify and load")
            .setAttribute("lockkeeper.endpoint", endpoint)
            .setAttribute("lockkeeper.version", release.modelPackage().version())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      ReleaseVerifier verifier = new ReleaseVerifier(store, trust);
      VerifiedRelease now =
          verification.record(() -> verifier.verify(release, endpoint, known.verified));
      ServedModel model = known.model;
      if (model == null) {
        model = ServedModel.load(now.verifiedPackage());
      }
      known.verified = now.verifiedPackage();
      known.approvedFor.put(endpoint, now);
      known.model = model;
      return model;
    } catch (RuntimeException e) {
      span.recordException(e);
      throw e;
    } finally {
      span.end();
    }
  }

  /** Releases every model but these. No release may be on its way meanwhile. */
  void keep(Set<ServedModel> wanted) {
    packages
        .values()
        .removeIf(
            known -> {
              ServedModel model = known.model;
              boolean leaves = model == null || !wanted.contains(model);
              if (leaves && model != null) {
                model.close();
              }
              return leaves;
            });
  }

  @Override
  public void close() {
    keep(Set.of());
  }
}
