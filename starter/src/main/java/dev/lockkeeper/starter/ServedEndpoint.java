package dev.lockkeeper.starter;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.store.ArtifactStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint serves by its signed manifests.
 *
 * @param sequence of the manifest in force
 * @param model the stable model; null if nothing is stable
 * @param version the stable version; null if nothing is stable
 * @param since since when it is stable
 * @param candidate the version that is tried; null outside a canary
 * @param candidatePercent its share of the traffic
 * @param leaseUntil when the gateways take the candidate back by themselves; null for never
 * @param reason why the manifest in force was made
 */
@JsonPropertyOrder({
  "endpoint",
  "sequence",
  "model",
  "version",
  "since",
  "candidate",
  "candidatePercent",
  "leaseUntil",
  "reason"
})
record ServedEndpoint(
    String endpoint,
    long sequence,
    @Nullable String model,
    @Nullable String version,
    Instant since,
    @Nullable String candidate,
    double candidatePercent,
    @Nullable Instant leaseUntil,
    String reason) {

  /** Whether the gateways have taken the candidate back by themselves. */
  boolean isLapsed(Instant now) {
    return leaseUntil != null && !now.isBefore(leaseUntil);
  }

  /** Every endpoint, ordered by name. */
  static List<ServedEndpoint> all(ArtifactStore store, TrustStore trust) {
    return SignedManifest.names(store, "").stream()
        .map(SignedManifest::endpoint)
        .distinct()
        .map(endpoint -> of(endpoint, store, trust))
        .toList();
  }

  /** One endpoint, which has a manifest. */
  static ServedEndpoint of(String endpoint, ArtifactStore store, TrustStore trust) {
    List<String> names = SignedManifest.names(store, endpoint + "/");
    ServingManifest now = SignedManifest.read(store, names.get(names.size() - 1), trust);
    Instant since = now.createdAt();
    for (int i = names.size() - 2; i >= 0; i--) {
      ServingManifest before = SignedManifest.read(store, names.get(i), trust);
      if (!Objects.equals(root(before.stable()), root(now.stable()))) {
        break;
      }
      since = before.createdAt();
    }
    Release stable = now.stable();
    Release candidate = now.candidate();
    return new ServedEndpoint(
        endpoint,
        now.sequence(),
        stable == null ? null : stable.modelPackage().model(),
        stable == null ? null : stable.modelPackage().version(),
        since,
        candidate == null ? null : candidate.modelPackage().version(),
        now.candidatePercent(),
        now.leaseUntil(),
        now.reason());
  }

  private static @Nullable String root(@Nullable Release release) {
    return release == null ? null : release.modelPackage().rootDigest();
  }
}
