package dev.lockkeeper.activities.validation;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.stage.StageException;

/** A model file that does not load, or does not answer as a binary classifier must. */
class ModelRefusedException extends StageException {

  ModelRefusedException(String message) {
    super(FailureType.MODEL_REFUSED, message);
  }

  ModelRefusedException(String message, Throwable cause) {
    super(FailureType.MODEL_REFUSED, message, cause);
  }
}
