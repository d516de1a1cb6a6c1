package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.Dsse;
import dev.lockkeeper.attestation.Signer;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.ServingManifest;
import dev.lockkeeper.formats.deployment.ServingManifestFormat;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.ArtifactStore;
import java.util.List;
import java.util.regex.Pattern;

/** A serving manifest in its envelope, signed by the deployment role. */
public final class SignedManifest {

  private static final Pattern NAME = Pattern.compile("[^/]+/00[0-9]{18}");

  private SignedManifest() {}

  /** The manifest's name in the deployments zone; names sort by sequence. */
  public static String name(String endpoint, long sequence) {
    return String.format("%s/%020d", endpoint, sequence);
  }

  /**
   * The names of the manifests in a store, sorted. What else is in the zone, for whatever reason,
   * is none.
   *
   * @param prefix {@code ENDPOINT/}, or empty for those of every endpoint
   */
  public static List<String> names(ArtifactStore store, String prefix) {
    return store
        .names(Zone.DEPLOYMENTS, prefix)
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

  /**
   * Reads and verifies the manifest of a name that {@link #names} gave.
   *
   * @throws CustodyException with the failing check, also if it is gone
   */
  public static ServingManifest read(ArtifactStore store, String name, TrustStore trust) {
    byte[] envelope =
        store
            .readNamed(Zone.DEPLOYMENTS, name)
            .orElseThrow(
                () -> new CustodyException("serving manifest " + name + " is gone from the store"));
    return open(envelope, endpoint(name), sequence(name), trust);
  }

  /** Signs a manifest. */
  public static byte[] sign(ServingManifest manifest, Signer signer) {
    return Dsse.sign(
        ServingManifestFormat.MEDIA_TYPE, ServingManifestFormat.INSTANCE.write(manifest), signer);
  }

  /**
   * Verifies an envelope as the manifest of an endpoint and sequence.
   *
   * @throws CustodyException with the failing check
   */
  public static ServingManifest open(
      byte[] envelope, String endpoint, long sequence, TrustStore trust) {
    String what = "serving manifest " + endpoint + "/" + sequence;
    byte[] payload =
        Dsse.verify(envelope, ServingManifestFormat.MEDIA_TYPE, trust.key(Role.DEPLOYMENT), what);
    ServingManifest manifest = read(what, payload);
    if (!manifest.endpoint().equals(endpoint) || manifest.sequence() != sequence) {
      throw new CustodyException(
          what + ": it is " + manifest.endpoint() + "/" + manifest.sequence() + " by what it says");
    }
    return manifest;
  }

  private static ServingManifest read(String what, byte[] payload) {
    try {
      return ServingManifestFormat.INSTANCE.read(payload);
    } catch (FormatException e) {
      throw new CustodyException(what + ": " + e.getMessage(), e);
    }
  }
}
