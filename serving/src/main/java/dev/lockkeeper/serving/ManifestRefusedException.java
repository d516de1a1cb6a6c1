package dev.lockkeeper.serving;

/** A serving manifest is not taken: the state before it goes on serving. */
public final class ManifestRefusedException extends RuntimeException {

  ManifestRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  ManifestRefusedException(String message) {
    super(message);
  }
}
