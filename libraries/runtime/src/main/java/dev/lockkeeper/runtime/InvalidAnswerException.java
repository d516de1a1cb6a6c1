package dev.lockkeeper.runtime;

/** A model was asked and did not return one probability for each row; the message says what. */
public final class InvalidAnswerException extends RuntimeException {

  public InvalidAnswerException(String message) {
    super(message);
  }
}
