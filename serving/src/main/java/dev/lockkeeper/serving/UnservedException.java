package dev.lockkeeper.serving;

/** No model answered a request that was well formed. */
public final class UnservedException extends RuntimeException {

  UnservedException(String message) {
    super(message);
  }

  UnservedException(String message, Throwable cause) {
    super(message, cause);
  }
}
