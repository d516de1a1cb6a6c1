package dev.lockkeeper.activities.training;

import java.time.Duration;
import java.util.Map;

/**
 * What the training process may take.
 *
 * @param heapMegabytes the limit of its Java heap in MiB, at least 64
 * @param idle how long it may do nothing before it is ended as one that hangs, at least a second
 */
public record ChildLimits(long heapMegabytes, Duration idle) {

  /** The environment variable that sets the heap. */
  public static final String HEAP = "LOCKKEEPER_TRAINING_HEAP_MB";

  /** The environment variable that sets the time without work, in seconds. */
  public static final String IDLE = "LOCKKEEPER_TRAINING_IDLE_SECONDS";

  private static final long LEAST_HEAP = 64;

  /** Longer than a disk or a machine that swaps holds a process up. */
  private static final long USUAL_IDLE = 600;

  public ChildLimits {
    if (heapMegabytes < LEAST_HEAP) {
      throw new IllegalArgumentException(
          "the training process needs a heap of at least "
              + LEAST_HEAP
              + " MiB, got "
              + heapMegabytes);
    }
    if (idle.toSeconds() < 1) {
      throw new IllegalArgumentException(IDLE + ": expected at least one second, got " + idle);
    }
  }

  /**
   * As the variables say; otherwise a heap of half of this JVM's own limit, at least 512 MiB, and
   * ten minutes.
   */
  public static ChildLimits of(Map<String, String> environment) {
    return new ChildLimits(
        number(environment, HEAP, Math.max(512, Runtime.getRuntime().maxMemory() / (2 << 20))),
        Duration.ofSeconds(number(environment, IDLE, USUAL_IDLE)));
  }

  private static long number(Map<String, String> environment, String variable, long usual) {
    String given = environment.get(variable);
    if (given == null) {
      return usual;
    }
    if (!given.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          variable + ": expected a number such as " + usual + ", got '" + given + "'");
    }
    return Long.parseLong(given);
  }
}
