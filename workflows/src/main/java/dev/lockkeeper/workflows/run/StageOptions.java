package dev.lockkeeper.workflows.run;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.run.Role;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How workflows call the stages: one row for each kind of call, with the longest time of one
 * attempt and of all attempts together. Where all attempts have twelve hours, a worker or a store
 * that is down over a working day is noticed before.
 */
public enum StageOptions {
  /** An attempt copies, hashes and checks 100 GB at 50 MB a second. */
  INGESTION(Role.INGESTION, ofMinutes(40), ofHours(12)),
  /** An attempt passes once over the data set, in one compiled class: as long as ingestion. */
  FEATURES(Role.FEATURES, ofMinutes(40), ofHours(12)),
  /**
   * An attempt fits for twelve hours at most; a longer fit goes on from its last checkpoint in the
   * next attempt. All attempts have the time of three, so that one may be lost to a machine.
   */
  TRAINING(Role.TRAINING, ofHours(12), ofHours(36)),
  /** An attempt runs two models over one hold-out, a thousand bootstrap samples, and the page. */
  VALIDATION(Role.VALIDATION, ofHours(1), ofHours(12)),
  /** An attempt stores ten files, the largest a model: seconds, minutes over a slow store. */
  REGISTRY(Role.REGISTRY, ofMinutes(5), ofHours(12)),
  /** An attempt reads small documents and checks a few signatures: seconds. */
  APPROVAL(Role.APPROVAL, ofMinutes(1), ofHours(12)),
  /** People are enrolled while a review is open, which is 72 hours at most. */
  ENROLMENT(Role.APPROVAL, ofMinutes(1), ofHours(72)),
  /** A person waits at a terminal, and may send the decision again. */
  JUDGEMENT(Role.APPROVAL, ofMinutes(1), ofMinutes(5)),
  /** A reminder that does not get out is followed by the next one: it is not worth hours. */
  REMINDER(Role.APPROVAL, ofMinutes(1), ofMinutes(3)) {
    @Override
    void adjust(ActivityOptions.Builder call) {
      call.setRetryOptions(retry().setMaximumAttempts(3).build());
    }
  },
  /**
   * In an attempt the gateway verifies the chain and loads a model: seconds, a minute for a large
   * one. Nothing is in production yet, so a gateway that is restarted or moved is waited for.
   */
  DEPLOYMENT(Role.DEPLOYMENT, ofMinutes(2), ofHours(1)),
  /** Traffic flows to a candidate that nobody judges: longer than this is harm. */
  LOOK(Role.DEPLOYMENT, ofMinutes(2), ofMinutes(2)),
  /**
   * Before all other work of the queue, retried quickly, and without a deadline, because giving up
   * would leave a bad release in production.
   */
  RESTORE(Role.DEPLOYMENT, ofMinutes(2), null) {
    @Override
    void adjust(ActivityOptions.Builder call) {
      call.setRetryOptions(retry().setMaximumInterval(ofSeconds(5)).build())
          .setPriority(Priority.newBuilder().setPriorityKey(FIRST).build());
    }
  },
  /**
   * An attempt reads one window of the inference log: segments of a few megabytes. The next window
   * comes, so a comparison that cannot be made is skipped and shown.
   */
  MONITORING(Role.MONITORING, ofMinutes(5), ofMinutes(15));

  private static final int FIRST = 1;

  private static final String[] NOT_RETRIED =
      Arrays.stream(FailureType.values())
          .filter(type -> !type.category().retryable())
          .map(Enum::name)
          .toArray(String[]::new);

  @SuppressWarnings("ImmutableEnumChecker") // a record of a string
  private final Role role;

  private final Duration attempt;
  private final @Nullable Duration deadline;

  StageOptions(Role role, Duration attempt, @Nullable Duration deadline) {
    this.role = role;
    this.attempt = attempt;
    this.deadline = deadline;
  }

  /**
   * A stub for calls of this kind.
   *
   * <p>A cancelled call is waited for, so that compensation never races with the work it takes
   * back.
   *
   * @param summary what the Web UI shows on the call
   */
  public <T> T activities(Class<T> type, String summary) {
    ActivityOptions.Builder call =
        ActivityOptions.newBuilder()
            .setTaskQueue(role.taskQueue())
            .setSummary(summary)
            .setStartToCloseTimeout(attempt)
            .setHeartbeatTimeout(LostWorker.STANDARD.after())
            .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setRetryOptions(retry().build());
    if (deadline != null) {
      call.setScheduleToCloseTimeout(deadline);
    }
    adjust(call);
    return Workflow.newActivityStub(type, call.build());
  }

  void adjust(ActivityOptions.Builder call) {}

  /** Retries from one second to one minute apart; the deadline says for how long. */
  static RetryOptions.Builder retry() {
    return RetryOptions.newBuilder()
        .setInitialInterval(ofSeconds(1))
        .setBackoffCoefficient(2)
        .setMaximumInterval(ofMinutes(1))
        .setDoNotRetry(NOT_RETRIED);
  }
}
