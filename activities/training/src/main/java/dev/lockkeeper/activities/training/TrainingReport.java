package dev.lockkeeper.activities.training;

import java.util.List;
import java.util.Map;

/**
 * What the child process returns beside the model.
 *
 * @param parameters the hyperparameters in force
 * @param rows training rows
 * @param environment versions of what computed: JVM, operating system, libraries
 * @param phases what it did when
 */
record TrainingReport(
    Map<String, String> parameters, int rows, Map<String, String> environment, List<Phase> phases) {

  /** Its file in the output folder. */
  static final String FILE = "report.json";

  /**
   * A phase.
   *
   * @param name read, fit or export
   * @param startMicros microseconds since 1970
   * @param endMicros microseconds since 1970
   */
  record Phase(String name, long startMicros, long endMicros) {}
}
