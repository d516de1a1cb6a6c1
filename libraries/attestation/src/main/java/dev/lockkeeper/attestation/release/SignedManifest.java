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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A serving manifest in its envelope, signed by the deployment role. */
public final class SignedManifest {

  private static final Pattern NAME = Pattern.compile("[^/]+/00[0-9]{18}");

  /** The character after {@code /}: sorts behind every name of an endpoint, before the next. */
  private static final char AFTER_SEPARATOR = '0';

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
    return store.names(Zone.DEPLOYMENTS, prefix).filter(SignedManifest::isName).toList();
  }

  /**
   * The sequences of an endpoint's manifests after one, rising.
   *
   * @param sequence 0 for all
   */
  public static List<Long> sequences(ArtifactStore store, String endpoint, long sequence) {
    return store
        .names(Zone.DEPLOYMENTS, endpoint + "/", name(endpoint, sequence))
        .filter(SignedManifest::isName)
        .map(SignedManifest::sequence)
        .toList();
  }

  /** The endpoints that have a manifest, sorted. Of each folder one name is asked for. */
  public static List<String> endpoints(ArtifactStore store) {
    List<String> endpoints = new ArrayList<>();
    String after = "";
    while (true) {
      List<String> next = store.listNamed(Zone.DEPLOYMENTS, "", after, 1).names();
      if (next.isEmpty()) {
        return endpoints;
      }
      String first = next.get(0);
      if (isName(first)) {
        endpoints.add(endpoint(first));
      }
      after = first.contains("/") ? endpoint(first) + AFTER_SEPARATOR : first;
    }
  }

  /** Whether a name of the deployments zone is a manifest's: other records stand beside them. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
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
