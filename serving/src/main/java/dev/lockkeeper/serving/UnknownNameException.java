package dev.lockkeeper.serving;

/** There is no endpoint, or no version of it, by the name that was asked for. */
public final class UnknownNameException extends RuntimeException {

  UnknownNameException(String message) {
    super(message);
  }
}
