package dev.lockkeeper.workflows.run;

import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** Timers that say in the Web UI what they are for, and the workflow's own clock. */
public final class Timers {

  private Timers() {}

  public static Promise<Void> start(Duration duration, String summary) {
    Duration positive =
        duration.isNegative() || duration.isZero() ? Duration.ofMillis(1) : duration;
    Promise<Void> timer =
        Workflow.newTimer(positive, TimerOptions.newBuilder().setSummary(summary).build());
    // A timer that is cancelled fails its promise, which the SDK logs unless somebody handles it.
    var unused = timer.exceptionally(cancelled -> null);
    return timer;
  }

  public static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  public static double secondsSince(Instant start) {
    return Duration.between(start, now()).toMillis() / 1000.0;
  }
}
