package dev.lockkeeper.attestation;

import dev.lockkeeper.formats.run.Role;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom this process trusts, as its folder was when it was read: one public key for each role, and
 * the approvers' allowed signers. Two that trust the same are equal.
 */
public final class TrustStore {

  private static final String SUFFIX = ".pub";

  /** A key type such as {@code ssh-ed25519}, its Base64, a comment. */
  private static final String OPEN_SSH = "(?s)(sk-)?(ssh|ecdsa)-\\S+ .*";

  private final Path folder;
  private final Map<Role, PublicKey> keys;
  private final String allowedSigners;

  private TrustStore(Path folder, Map<Role, PublicKey> keys, String allowedSigners) {
    this.folder = folder;
    this.keys = keys;
    this.allowedSigners = allowedSigners;
  }

  /**
   * Loads every {@code FOLDER/ROLE.pub} and {@code FOLDER/allowed_signers}. A person's key in
   * OpenSSH's form may be beside them and is left out.
   *
   * @throws IOException if a file cannot be read or is not a role's public key; the message names
   *     it
   */
  public static TrustStore load(Path folder) throws IOException {
    Map<Role, PublicKey> keys = new HashMap<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          String label = name.substring(0, name.length() - SUFFIX.length());
          if (Role.isLabel(label) && !Files.readString(file).matches(OPEN_SSH)) {
            keys.put(new Role(label), KeyFiles.readPublic(file));
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    Path signers = folder.resolve("allowed_signers");
    return new TrustStore(
        folder, Map.copyOf(keys), Files.exists(signers) ? Files.readString(signers) : "");
  }

  /**
   * What the same folder says now: who was enrolled or withdrawn since, and whose key was replaced.
   *
   * @throws CustodyException if it cannot be read; the message names the file
   */
  public TrustStore reload() {
    try {
      return load(folder);
    } catch (IOException e) {
      throw new CustodyException("the trust cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The key that a role signs with.
   *
   * @throws CustodyException if none is trusted
   */
  public PublicKey key(Role role) {
    PublicKey key = keys.get(role);
    if (key == null) {
      throw new CustodyException(
          "no key is trusted for role '"
              + role.label()
              + "': "
              + folder
              + " has no "
              + role.label()
              + ".pub");
    }
    return key;
  }

  /** The text of {@code FOLDER/allowed_signers}; empty if there is none. */
  public String allowedSigners() {
    return allowedSigners;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TrustStore trust
        && trust.keys.equals(keys)
        && trust.allowedSigners.equals(allowedSigners);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keys, allowedSigners);
  }
}
