package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.attestation.release.SignedManifest;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.store.ArtifactStore;
import java.util.List;
import java.util.Optional;

/**
 * Reads serving manifests from the deployments zone, signed by the deployment role or not at all.
 */
record ManifestReader(ArtifactStore store) {

  /**
   * Reads one manifest.
   *
   * @throws ManifestRefusedException if there is none
   * @throws dev.lockkeeper.attestation.CustodyException with the failing check
   */
  ServingManifest read(String endpoint, long sequence, TrustStore trust) {
    Optional<byte[]> envelope =
        store.readNamed(Zone.DEPLOYMENTS, SignedManifest.name(endpoint, sequence));
    if (envelope.isEmpty()) {
      throw new ManifestRefusedException(
          "there is no manifest " + sequence + " for endpoint '" + endpoint + "'");
    }
    return SignedManifest.open(envelope.get(), endpoint, sequence, trust);
  }

  /** The endpoints that have a manifest. */
  List<String> endpoints() {
    return SignedManifest.endpoints(store);
  }

  /** The sequences of an endpoint after one, rising. */
  List<Long> after(String endpoint, long sequence) {
    return SignedManifest.sequences(store, endpoint, sequence);
  }
}
