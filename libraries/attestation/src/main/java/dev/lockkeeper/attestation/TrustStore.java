package dev.lockkeeper.attestation;

import dev.lockkeeper.formats.run.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.EnumMap;
import java.util.Map;

/** Whom this process believes: one public key for each role, and the approvers' allowed signers. */
public final class TrustStore {

  private final Path folder;
  private final Map<Role, PublicKey> keys;

  private TrustStore(Path folder, Map<Role, PublicKey> keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /**
   * Loads {@code FOLDER/ROLE.pub} of every role that has one. The allowed signers are read when
   * asked for.
   */
  public static TrustStore load(Path folder) throws IOException {
    Map<Role, PublicKey> keys = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      Path file = folder.resolve(role.label() + ".pub");
      if (Files.exists(file)) {
        keys.put(role, KeyFiles.readPublic(file));
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
