package dev.lockkeeper.custody.release;

import dev.lockkeeper.contracts.deployment.ServingManifest;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Dsse;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Signer;
import dev.lockkeeper.custody.TrustStore;

/** A serving manifest in its envelope, signed by the deployment role. */
public final class SignedManifest {

  private static final String TYPE = "application/vnd.lockkeeper.serving-manifest+json";

  private SignedManifest() {}

  /** The manifest's name in the deployments zone; names sort by sequence. */
  public static String name(String endpoint, long sequence) {
    return String.format("%s/%020d", endpoint, sequence);
  }

  /** The endpoint of a name. */
  public static String endpoint(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  /** The sequence of a name. */
  public static long sequence(String name) {
    return Long.parseLong(name.substring(name.indexOf('/') + 1));
  }

  /** Signs a manifest. */
  public static byte[] sign(ServingManifest manifest, Signer signer) {
    return Dsse.sign(TYPE, Json.canonicalBytes(manifest), signer);
  }

  /**
   * Verifies an envelope as the manifest of an endpoint and sequence.
   *
   * @throws CustodyException with the failing check
   */
  public static ServingManifest open(
      byte[] envelope, String endpoint, long sequence, TrustStore trust) {
    byte[] payload = Dsse.verify(envelope, TYPE, trust.key(Role.DEPLOYMENT), "serving manifest");
    ServingManifest manifest = Json.read(payload, ServingManifest.class);
    if (!manifest.endpoint().equals(endpoint) || manifest.sequence() != sequence) {
      throw new CustodyException(
          "serving manifest: it is "
              + manifest.endpoint()
              + "/"
              + manifest.sequence()
              + " under the name "
              + endpoint
              + "/"
              + sequence);
    }
    if (manifest.candidatePercent() < 0 || manifest.candidatePercent() > 100) {
      throw new CustodyException(
          "serving manifest: a share of " + manifest.candidatePercent() + " %");
    }
    return manifest;
  }
}
