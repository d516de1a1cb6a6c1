package dev.lockkeeper.serving;

/** A request cannot be understood; the message is the answer. */
final class BadRequestException extends RuntimeException {

  BadRequestException(String message) {
    super(message);
  }

  BadRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
