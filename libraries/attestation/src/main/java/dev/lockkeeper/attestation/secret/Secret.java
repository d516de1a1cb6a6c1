package dev.lockkeeper.attestation.secret;

/**
 * The bytes of a secret. It shows them to nobody who does not ask for them by name: {@link
 * #toString} hides them, and it has no property that a converter of payloads could write.
 */
public final class Secret {

  private final byte[] content;

  private Secret(byte[] content) {
    this.content = content;
  }

  /** A secret with a copy of these bytes. */
  public static Secret of(byte[] content) {
    return new Secret(content.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return content.clone();
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
