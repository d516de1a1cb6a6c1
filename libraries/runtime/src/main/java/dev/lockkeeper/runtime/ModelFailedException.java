package dev.lockkeeper.runtime;

/** The runtime failed on rows that a model was asked for; the message is the runtime's. */
public final class ModelFailedException extends RuntimeException {

  ModelFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
