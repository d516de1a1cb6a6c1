package dev.lockkeeper.workflows;

import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** Timers that say in the Web UI what they are for, and the workflow's own clock. */
final class Timers {

  private Timers() {}

  static Promise<Void> start(Duration duration, String summary) {
    Duration positive =
        duration.isNegative() || duration.isZero() ? Duration.ofMillis(1) : duration;
    return Workflow.newTimer(positive, TimerOptions.newBuilder().setSummary(summary).build());
  }

  static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  static double secondsSince(Instant start) {
    return Duration.between(start, now()).toMillis() / 1000.0;
  }
}
