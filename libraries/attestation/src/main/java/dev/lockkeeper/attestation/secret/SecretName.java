package dev.lockkeeper.attestation.secret;

import dev.lockkeeper.formats.run.Role;
import java.util.regex.Pattern;

/**
 * What a secret is called in every source. It may be a file's name or an argument of a program.
 *
 * @param value lower-case letters, digits and hyphens, in parts that are separated by single dots;
 *     at most 100 characters
 */
public record SecretName(String value) {

  private static final int LONGEST = 100;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*");

  /**
   * Refuses what is not a name.
   *
   * @throws IllegalArgumentException which shows the name
   */
  public SecretName {
    if (value.length() > LONGEST || !NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "secret name '"
              + value
              + "': expected lower-case letters, digits and hyphens, in parts separated by dots");
    }
  }

  /** The signing key of a role: {@code ROLE.pem}. */
  public static SecretName keyOf(Role role) {
    return new SecretName(role.label() + ".pem");
  }

  @Override
  public String toString() {
    return value;
  }
}
