package dev.lockkeeper.custody.model;

import dev.lockkeeper.custody.CustodyException;

/** A model file breaks a limit or uses something that is not served; the message names it. */
public final class ModelRefusedException extends CustodyException {

  ModelRefusedException(String message) {
    super("model file refused: " + message);
  }

  ModelRefusedException(String message, Throwable cause) {
    super("model file refused: " + message, cause);
  }
}
