package dev.lockkeeper.attestation;

import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.secret.SecretSource;
import dev.lockkeeper.attestation.secret.SecretSources;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.StoreException;
import dev.lockkeeper.store.ZoneAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where everything that lasts is: zones, keys, trust, the dev server's database, logs and traces.
 *
 * @param path the folder, for example {@code .lockkeeper}
 * @param zones the store that has the zones, for {@code ArtifactStores}
 * @param secrets the source of the keys, for {@code SecretSources}
 */
public record StateFolder(Path path, URI zones, URI secrets) {

  public StateFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** A state folder whose zones are directories in it, and whose keys are files in it. */
  public StateFolder(Path path) {
    this(path, in(path, "store"), in(path, "keys"));
  }

  private static URI in(Path path, String folder) {
    return path.toAbsolutePath().normalize().resolve(folder).toUri();
  }

  /** The same with its zones in another store. */
  public StateFolder withZones(URI store) {
    return new StateFolder(path, store, secrets);
  }

  /** The same with its keys from another source. */
  public StateFolder withSecrets(URI source) {
    return new StateFolder(path, zones, source);
  }

  public Path store() {
    return path.resolve("store");
  }

  /** The folder whose directories are the zones; empty for a store of another kind. */
  public Optional<Path> zonesFolder() {
    return "file".equals(zones.getScheme()) ? Optional.of(Path.of(zones)) : Optional.empty();
  }

  public Path keys() {
    return path.resolve("keys");
  }

  public Path trust() {
    return path.resolve("trust");
  }

  public Path key(Role role) {
    return keys().resolve(SecretName.keyOf(role).value());
  }

  public Path allowedSigners() {
    return trust().resolve("allowed_signers");
  }

  public Path database() {
    return path.resolve("temporal.db");
  }

  public Path devFile() {
    return path.resolve("dev.json");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  public Path traces() {
    return path.resolve("traces");
  }

  /**
   * Makes what is missing: folders, a development key for each role if keys are files of this
   * folder, public keys, an empty list of allowed signers, and Lockkeeper's own zones as {@link
   * #createZones} does.
   *
   * @param signing the roles that sign
   */
  public StateFolder initialise(Collection<Role> signing) throws IOException {
    for (Path folder : new Path[] {path, store(), trust()}) {
      Files.createDirectories(folder);
    }
    for (Path folder : new Path[] {keys(), logs(), traces()}) {
      PrivateFiles.folder(folder);
    }
    for (Role role : signing) {
      initialiseKey(role);
    }
    if (!Files.exists(allowedSigners())) {
      Files.writeString(
          allowedSigners(),
          "# Who may approve: PRINCIPAL namespaces=\"lockkeeper-approval@v1\" KEYTYPE BASE64"
              + " (ssh-keygen(1), ALLOWED SIGNERS)\n");
    }
    return createZones(Zone.OWN);
  }

  /**
   * Makes zones that this folder never had, and records them in {@code trust/zones}. One that is
   * recorded is not made again: where it is absent it is unmounted or lost, and not new.
   */
  public StateFolder createZones(Collection<Zone> wanted) throws IOException {
    try {
      createZonesOnce(wanted);
    } catch (StoreException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    }
    return this;
  }

  private void createZonesOnce(Collection<Zone> wanted) throws IOException {
    Path record = trust().resolve("zones");
    List<String> made = Files.exists(record) ? Files.readAllLines(record) : List.of();
    ArtifactStore store = ArtifactStores.open(zones, ZoneAccess.NONE);
    for (Zone zone : wanted) {
      if (!made.contains(zone.label())) {
        store.createZone(zone);
        Files.writeString(
            record, zone.label() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
  }

  private void initialiseKey(Role role) throws IOException {
    Path publicKey = trust().resolve(role.label() + ".pub");
    if (hasOwnKeys() && !Files.exists(key(role))) {
      KeyFiles.generate(key(role), publicKey);
    } else if (!Files.exists(publicKey)) {
      SecretSource source = SecretSources.open(secrets);
      PublicKey key = FileSigner.read(source, SecretName.keyOf(role)).publicKey();
      Files.writeString(publicKey, KeyFiles.publicPem(key));
    }
  }

  private boolean hasOwnKeys() {
    return "file".equals(secrets.getScheme()) && Path.of(secrets).equals(keys());
  }
}
