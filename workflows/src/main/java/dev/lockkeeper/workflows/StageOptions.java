package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.run.Role;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import java.util.Arrays;

/**
 * What the calls of every stage share: the role's queue, the summary, and which failures repeat.
 */
final class StageOptions {

  /** A worker says every few seconds that it lives ({@code StagePlugin}): this one is lost. */
  private static final Duration LOST = Duration.ofSeconds(20);

  private static final String[] NOT_RETRIED =
      Arrays.stream(FailureType.values())
          .filter(type -> !type.category().retryable())
          .map(Enum::name)
          .toArray(String[]::new);

  private StageOptions() {}

  /**
   * Options for one call.
   *
   * <p>A cancelled call is waited for, so that compensation never races with the work it takes
   * back.
   *
   * @param role whose queue
   * @param summary what the Web UI shows on the call
   */
  static ActivityOptions.Builder call(Role role, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(role.taskQueue())
        .setSummary(summary)
        .setHeartbeatTimeout(LOST)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(retry().build());
  }

  /** Retries from one second to one minute apart; how long is the schedule-to-close timeout's. */
  static RetryOptions.Builder retry() {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofSeconds(1))
        .setBackoffCoefficient(2)
        .setMaximumInterval(Duration.ofMinutes(1))
        .setDoNotRetry(NOT_RETRIED);
  }
}
