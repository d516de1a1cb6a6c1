package dev.lockkeeper.custody.release;

import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.deployment.ServingManifest;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.ArtifactStore;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Dsse;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Signer;
import dev.lockkeeper.custody.TrustStore;
import java.util.List;
import java.util.regex.Pattern;

/** A serving manifest in its envelope, signed by the deployment role. */
public final class SignedManifest {

  private static final String TYPE = "application/vnd.lockkeeper.serving-manifest+json";

  private static final Pattern NAME = Pattern.compile("[^/]+/00[0-9]{18}");

  private SignedManifest() {}

  /** The manifest's name in the deployments zone; names sort by sequence. */
  public static String name(String endpoint, long sequence) {
    return String.format("%s/%020d", endpoint, sequence);
  }

  /**
   * The names of the manifests in a store, sorted. What else lies in the zone, for whatever reason,
   * is none.
   *
   * @param prefix {@code ENDPOINT/}, or empty for those of every endpoint
   */
  public static List<String> names(ArtifactStore store, String prefix) {
    return store.listNamed(Zone.DEPLOYMENTS, prefix).stream()
        .filter(name -> NAME.matcher(name).matches())
        .toList();
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
    String what = "serving manifest " + endpoint + "/" + sequence;
    byte[] payload = Dsse.verify(envelope, TYPE, trust.key(Role.DEPLOYMENT), what);
    ServingManifest manifest = Json.read(payload, ServingManifest.class);
    if (!manifest.endpoint().equals(endpoint) || manifest.sequence() != sequence) {
      throw new CustodyException(
          what + ": it is " + manifest.endpoint() + "/" + manifest.sequence() + " by what it says");
    }
    if (manifest.candidatePercent() < 0 || manifest.candidatePercent() > 100) {
      throw new CustodyException(what + ": a share of " + manifest.candidatePercent() + " %");
    }
    return manifest;
  }
}
