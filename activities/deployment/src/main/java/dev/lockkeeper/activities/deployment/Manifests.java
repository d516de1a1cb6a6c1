package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.stage.StageContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history of what an endpoint serves: signed manifests, numbered without gaps, never
 * overwritten.
 */
record Manifests(StageContext context) {

  /** The newest manifest. */
  Optional<ServingManifest> newest(String endpoint) {
    List<String> names = SignedManifest.names(context.store(), endpoint + "/");
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(read(endpoint, SignedManifest.sequence(names.get(names.size() - 1))));
  }

  /** A manifest of the history. */
  ServingManifest read(String endpoint, long sequence) {
    return SignedManifest.open(
        envelope(endpoint, sequence), endpoint, sequence, context.verifier().trust());
  }

  byte[] envelope(String endpoint, long sequence) {
    return context
        .store()
        .readNamed(Zone.DEPLOYMENTS, SignedManifest.name(endpoint, sequence))
        .orElseThrow(
            () ->
                new CustodyException(
                    "serving manifest " + endpoint + "/" + sequence + " is gone from the store"));
  }

  /**
   * Writes the manifest after the one given.
   *
   * @return the manifest, or empty if somebody else wrote that sequence first
   */
  Optional<ServingManifest> append(
      String endpoint,
      Optional<ServingManifest> before,
      @Nullable Release stable,
      @Nullable Release candidate,
      int percent,
      String reason) {
    long sequence = before.map(ServingManifest::sequence).orElse(0L) + 1;
    ServingManifest next =
        new ServingManifest(
            endpoint,
            sequence,
            Instant.now(),
            ServingManifest.arms(stable, candidate, percent),
            reason);
    byte[] envelope = SignedManifest.sign(next, context.signer().signer());
    boolean first =
        context
            .store()
            .putNamed(Zone.DEPLOYMENTS, SignedManifest.name(endpoint, sequence), envelope);
    return first ? Optional.of(next) : Optional.empty();
  }

  static ServingState state(String endpoint, Optional<ServingManifest> manifest) {
    return manifest
        .map(
            m ->
                new ServingState(
                    endpoint,
                    m.sequence(),
                    packageOf(m.stable()),
                    packageOf(m.candidate()),
                    m.candidatePercent()))
        .orElse(new ServingState(endpoint, 0, null, null, 0));
  }

  private static @Nullable ModelPackage packageOf(@Nullable Release release) {
    return release == null ? null : release.modelPackage();
  }
}
