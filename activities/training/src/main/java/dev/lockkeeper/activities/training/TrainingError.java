package dev.lockkeeper.activities.training;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.stage.StageFailures;

/**
 * Why the child process gave up.
 *
 * @param type what to blame
 * @param message one line
 */
record TrainingError(FailureType type, String message) {

  /** Its file in the output folder. */
  static final String FILE = "error.json";

  /** The process's exit status if it could not write the file (sysexits.h: EX_IOERR). */
  static final int NOT_WRITTEN = 74;

  static TrainingError of(Throwable failure) {
    return StageFailures.classify(failure)
        .map(known -> new TrainingError(known.type(), String.valueOf(known.getMessage())))
        .orElseGet(() -> new TrainingError(FailureType.TRAINING_FAILED, failure.toString()));
  }
}
