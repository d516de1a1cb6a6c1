package dev.lockkeeper.serving;

import dev.lockkeeper.formats.Digests;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.ServingManifest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint serves under one manifest. Immutable but for its counters; it is swapped as a
 * whole.
 *
 * @param manifest the manifest
 * @param stable the stable model
 * @param candidate the candidate
 * @param stableCounter counts of the stable arm
 * @param candidateCounter counts of the candidate arm
 */
record Serving(
    ServingManifest manifest,
    @Nullable ServedModel stable,
    @Nullable ServedModel candidate,
    ArmCounter stableCounter,
    ArmCounter candidateCounter) {

  private static final int SHARES = 10_000;

  /**
   * Whether a request goes to the candidate: the same key always does while the share does not
   * fall, and whoever is in at a small share stays in at a larger one.
   */
  boolean routesToCandidate(String key) {
    ServedModel tried = candidate;
    if (tried == null) {
      return false;
    }
    String salted = manifest.endpoint() + ':' + tried.root() + ':' + key;
    byte[] hash = Digests.newSha256().digest(salted.getBytes(StandardCharsets.UTF_8));
    int share = (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), SHARES);
    return share < manifest.candidatePercent() * (SHARES / 100);
  }

  /** For who asks for the stable version by name: no canary, the same counters. */
  Serving stableAlone() {
    return new Serving(manifest, stable, null, stableCounter, candidateCounter);
  }

  CanaryCounts counts(String instance) {
    return new CanaryCounts(
        manifest.endpoint(),
        instance,
        manifest.sequence(),
        manifest.candidatePercent(),
        stableCounter.counts(),
        candidateCounter.counts());
  }

  /** Whether either model reads a column. */
  boolean reads(Predicate<ServedModel> column) {
    return (stable != null && column.test(stable)) || (candidate != null && column.test(candidate));
  }
}
