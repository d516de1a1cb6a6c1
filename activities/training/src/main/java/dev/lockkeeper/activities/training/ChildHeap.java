package dev.lockkeeper.activities.training;

import java.util.Map;

/**
 * The Java heap of the training process.
 *
 * @param megabytes its limit in MiB, at least 64
 */
public record ChildHeap(long megabytes) {

  /** The environment variable that sets it. */
  public static final String VARIABLE = "LOCKKEEPER_TRAINING_HEAP_MB";

  private static final long LEAST = 64;

  public ChildHeap {
    if (megabytes < LEAST) {
      throw new IllegalArgumentException(
          "the training process needs a heap of at least " + LEAST + " MiB, got " + megabytes);
    }
  }

  /** Half of this JVM's own limit, at least 512 MiB, unless the variable says otherwise. */
  public static ChildHeap of(Map<String, String> environment) {
    String given = environment.get(VARIABLE);
    if (given == null) {
      return new ChildHeap(Math.max(512, Runtime.getRuntime().maxMemory() / (2 << 20)));
    }
    if (!given.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          VARIABLE + ": expected a number of MiB such as 2048, got '" + given + "'");
    }
    return new ChildHeap(Long.parseLong(given));
  }
}
