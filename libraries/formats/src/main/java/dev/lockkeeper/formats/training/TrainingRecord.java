package dev.lockkeeper.formats.training;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model was trained.
 *
 * @param trainer the trainer's name
 * @param seed the seed of everything random in it
 * @param hyperparameters the hyperparameters in force
 * @param trainingRows number of rows trained on
 * @param isolation the isolation reached: {@code bubblewrap} or {@code process}
 * @param resumedFrom hexadecimal SHA-256 of the checkpoint that the attempt went on from; null if
 *     it began anew
 * @param environment versions of what computed: JVM, operating system, libraries
 * @param phases what was done when
 */
public record TrainingRecord(
    String trainer,
    long seed,
    Map<String, String> hyperparameters,
    long trainingRows,
    String isolation,
    @Nullable String resumedFrom,
    Map<String, String> environment,
    List<Phase> phases) {

  /**
   * A phase.
   *
   * @param name {@code read}, {@code fit} or {@code export}
   * @param startMicros microseconds since 1970
   * @param endMicros microseconds since 1970
   */
  public record Phase(String name, long startMicros, long endMicros) {}
}
