package dev.lockkeeper.validation;

/** A model file that does not load, or does not answer as a binary classifier must. */
class ModelRefusedException extends RuntimeException {

  ModelRefusedException(String message) {
    super(message);
  }

  ModelRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
