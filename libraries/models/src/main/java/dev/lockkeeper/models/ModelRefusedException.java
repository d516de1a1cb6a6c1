package dev.lockkeeper.models;

/**
 * A model file breaks a limit, uses something that is not served, or is not what a runtime loads;
 * the message names it.
 */
public final class ModelRefusedException extends RuntimeException {

  ModelRefusedException(String reason) {
    super("model file refused: " + reason);
  }

  /**
   * Refuses a model file.
   *
   * @param reason what is wrong with it
   */
  public ModelRefusedException(String reason, Throwable cause) {
    super("model file refused: " + reason, cause);
  }
}
