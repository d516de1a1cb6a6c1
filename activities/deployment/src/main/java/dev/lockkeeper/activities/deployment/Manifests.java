package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.ReleaseVerifier;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.attestation.release.VerifiedRelease;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.Release;
import dev.lockkeeper.formats.deployment.ServingArm;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.stage.StageContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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

  /** The manifests after a sequence, up to the one given, newest first. */
  Stream<ServingManifest> between(long after, ServingManifest newest) {
    return LongStream.iterate(newest.sequence(), s -> s > after, s -> s - 1)
        .mapToObj(sequence -> read(newest.endpoint(), sequence));
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

  /** The manifest after one of an endpoint; it is not written yet. */
  static ServingManifest after(
      long sequence, String endpoint, List<ServingArm> arms, String reason) {
    return new ServingManifest(endpoint, sequence + 1, Instant.now(), arms, reason);
  }

  /**
   * Signs and writes a manifest.
   *
   * @return false if another one of its sequence was written first
   */
  boolean write(ServingManifest manifest) {
    byte[] envelope = SignedManifest.sign(manifest, context.signer().signer());
    String name = SignedManifest.name(manifest.endpoint(), manifest.sequence());
    return context.store().putNamed(Zone.DEPLOYMENTS, name, envelope);
  }

  /**
   * Verifies a release. Approvers are as they are enrolled now, not as they were when the worker
   * started.
   */
  VerifiedRelease verified(Release release, String endpoint) {
    return verifier().verify(release, endpoint);
  }

  /** Verifies under what is trusted now. */
  ReleaseVerifier verifier() {
    return new ReleaseVerifier(context.store(), context.verifier().trust().reload());
  }

  static long sequence(Optional<ServingManifest> manifest) {
    return manifest.map(ServingManifest::sequence).orElse(0L);
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
