package dev.lockkeeper.stage;

import java.util.Map;

/**
 * How many activities of one role a worker process runs at once. It is for stages whose activities
 * have an engine or a process of their own, and memory for it; what is over waits in the task queue
 * for this worker or another one.
 *
 * @param activities from 1 to 200, which is what Temporal allows by itself
 */
public record Concurrency(int activities) {

  /** The environment variable that sets it. */
  public static final String VARIABLE = "LOCKKEEPER_CONCURRENCY";

  private static final int MOST = 200;

  public Concurrency {
    if (activities < 1 || activities > MOST) {
      throw new IllegalArgumentException(
          VARIABLE + ": expected a number of activities from 1 to " + MOST + ", got " + activities);
    }
  }

  /** As many as there are processors, unless the variable says otherwise. */
  public static Concurrency of(Map<String, String> environment) {
    String given = environment.get(VARIABLE);
    if (given == null) {
      return new Concurrency(Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    }
    if (!given.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          VARIABLE + ": expected a number of activities such as 2, got '" + given + "'");
    }
    return new Concurrency(Integer.parseInt(given));
  }
}
