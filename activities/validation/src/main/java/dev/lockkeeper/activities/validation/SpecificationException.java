package dev.lockkeeper.activities.validation;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.stage.StageException;

/** The pipeline asks for something that its data or its features do not have. */
public final class SpecificationException extends StageException {

  public SpecificationException(String message) {
    super(FailureType.SPECIFICATION_INVALID, message);
  }

  public SpecificationException(String message, Throwable cause) {
    super(FailureType.SPECIFICATION_INVALID, message, cause);
  }
}
