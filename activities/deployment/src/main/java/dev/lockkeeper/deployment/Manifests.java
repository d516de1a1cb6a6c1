package dev.lockkeeper.deployment;

import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.deployment.Release;
import dev.lockkeeper.contracts.deployment.ServingManifest;
import dev.lockkeeper.contracts.deployment.ServingState;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.release.SignedManifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history of what an endpoint serves: signed manifests, numbered without gaps, never
 * overwritten.
 */
record Manifests(Desk desk) {

  /** The newest manifest. */
  Optional<ServingManifest> newest(String endpoint) {
    List<String> names = SignedManifest.names(desk.store(), endpoint + "/");
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(read(endpoint, SignedManifest.sequence(names.get(names.size() - 1))));
  }

  /** A manifest of the history. */
  ServingManifest read(String endpoint, long sequence) {
    return SignedManifest.open(
        envelope(endpoint, sequence), endpoint, sequence, desk.verifier().trust());
  }

  byte[] envelope(String endpoint, long sequence) {
    return desk.store()
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
        new ServingManifest(endpoint, sequence, Instant.now(), stable, candidate, percent, reason);
    byte[] envelope = SignedManifest.sign(next, desk.signer().signer());
    boolean first =
        desk.store().putNamed(Zone.DEPLOYMENTS, SignedManifest.name(endpoint, sequence), envelope);
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
