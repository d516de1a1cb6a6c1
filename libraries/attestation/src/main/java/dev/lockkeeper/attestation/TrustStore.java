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

/** Whom this process trusts: one public key for each role, and the approvers' allowed signers. */
public final class TrustStore {

  private static final String SUFFIX = ".pub";

  /** A key type such as {@code ssh-ed25519}, its Base64, a comment. */
  private static final String OPEN_SSH = "(?s)(sk-)?(ssh|ecdsa)-\\S+ .*";

  private final Path folder;
  private final Map<Role, PublicKey> keys;

  private TrustStore(Path folder, Map<Role, PublicKey> keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /**
   * Loads every {@code FOLDER/ROLE.pub}. A person's key in OpenSSH's form may be beside them and is
   * left out. The allowed signers are read when asked for.
   *
   * @throws IOException if a file is not a role's public key; the message names it
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
    return new TrustStore(folder, keys);
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

  /**
   * The text of {@code FOLDER/allowed_signers}; empty if there is none. Read anew each time, so
   * enrolling is enough.
   */
  public String allowedSigners() {
    Path file = folder.resolve("allowed_signers");
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new CustodyException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
