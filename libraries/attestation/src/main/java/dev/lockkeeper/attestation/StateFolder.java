package dev.lockkeeper.attestation;

import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.secret.SecretSource;
import dev.lockkeeper.attestation.secret.SecretSources;
import dev.lockkeeper.formats.run.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.Collection;
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
   * folder, public keys, an empty list of allowed signers. Each zone is made by the first who
   * writes it.
   *
   * @param signing the roles that sign
   */
  public StateFolder initialise(Collection<Role> signing) throws IOException {
    for (Path folder : new Path[] {path, store(), trust(), logs(), traces()}) {
      Files.createDirectories(folder);
    }
    if (!Files.isDirectory(keys())) {
      Files.createDirectory(
          keys(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
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
    return this;
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
