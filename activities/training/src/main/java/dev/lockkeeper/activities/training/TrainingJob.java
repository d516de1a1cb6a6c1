package dev.lockkeeper.activities.training;

import java.util.List;
import java.util.Map;

/**
 * What the child process is told.
 *
 * @param engine the name of the engine that reads the table
 * @param trainer the trainer's name
 * @param seed the seed
 * @param parameters hyperparameters as given
 * @param table path of the training table
 * @param featureNames feature names in model order
 * @param labelName the label's column
 * @param checkpointMillis least time between two checkpoints
 */
record TrainingJob(
    String engine,
    String trainer,
    long seed,
    Map<String, String> parameters,
    String table,
    List<String> featureNames,
    String labelName,
    long checkpointMillis) {

  /** Its file in the input folder. */
  static final String FILE = "job.json";
}
