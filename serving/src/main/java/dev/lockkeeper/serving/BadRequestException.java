package dev.lockkeeper.serving;

/** A request cannot be understood; the message is the answer. */
public final class BadRequestException extends RuntimeException {

  /** A request that cannot be understood; the message says where and what to do. */
  public BadRequestException(String message) {
    super(message);
  }

  /** The same, with what caused it. */
  public BadRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
