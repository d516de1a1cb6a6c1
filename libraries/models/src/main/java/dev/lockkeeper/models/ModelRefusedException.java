package dev.lockkeeper.models;

/** A model file breaks a limit or uses something that is not served; the message names it. */
public final class ModelRefusedException extends RuntimeException {

  ModelRefusedException(String message) {
    super("model file refused: " + message);
  }

  ModelRefusedException(String message, Throwable cause) {
    super("model file refused: " + message, cause);
  }
}
