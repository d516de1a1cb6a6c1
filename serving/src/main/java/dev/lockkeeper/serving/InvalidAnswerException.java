package dev.lockkeeper.serving;

/** A model answered, and the answer is invalid. */
final class InvalidAnswerException extends RuntimeException {

  InvalidAnswerException(String message) {
    super(message);
  }
}
