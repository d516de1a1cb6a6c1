package dev.lockkeeper.activities.training;

import dev.lockkeeper.contracts.run.FailureType;

/**
 * Why the child process gave up.
 *
 * @param type what to blame
 * @param message one line
 */
record TrainingError(FailureType type, String message) {

  /** Its file in the output folder. */
  static final String FILE = "error.json";
}
