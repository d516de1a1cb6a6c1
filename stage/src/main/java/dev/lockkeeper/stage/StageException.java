package dev.lockkeeper.stage;

import dev.lockkeeper.contracts.run.FailureType;

/** A stage cannot do its work; the type says why and whether a retry helps. */
public class StageException extends RuntimeException {

  private final FailureType type;

  public StageException(FailureType type, String message) {
    super(message);
    this.type = type;
  }

  public StageException(FailureType type, String message, Throwable cause) {
    super(message, cause);
    this.type = type;
  }

  public FailureType type() {
    return type;
  }
}
