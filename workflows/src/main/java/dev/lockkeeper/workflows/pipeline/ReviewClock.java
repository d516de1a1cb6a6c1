package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.ApprovalActivities;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.workflows.run.FailureText;
import dev.lockkeeper.workflows.run.StageOptions;
import dev.lockkeeper.workflows.run.Timers;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The reminders and the expiry of one review. */
final class ReviewClock implements AutoCloseable {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Review review;
  private final Duration remindAfter;
  private final CancellationScope timers;
  private Promise<Void> expiry = Workflow.newPromise((Void) null);
  private Promise<Void> reminder = Workflow.newPromise((Void) null);

  ReviewClock(Review review, Duration remindAfter) {
    this.review = review;
    this.remindAfter = remindAfter.compareTo(SHORTEST) < 0 ? SHORTEST : remindAfter;
    this.timers = Workflow.newCancellationScope(this::start);
    timers.run();
  }

  boolean rings() {
    return expiry.isCompleted() || reminder.isCompleted();
  }

  boolean expired() {
    return expiry.isCompleted();
  }

  void remind() {
    try {
      StageOptions.REMINDER
          .activities(ApprovalActivities.class, "Remind " + String.join(", ", review.approvers()))
          .remindApprovers(review);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) {
        throw failure;
      }
      Workflow.getLogger(ReviewClock.class).warn("no reminder: {}", FailureText.of(failure));
    }
    reminder = nextReminder();
  }

  @Override
  public void close() {
    timers.cancel();
  }

  private void start() {
    Duration left = Duration.between(Timers.now(), review.terms().expires());
    expiry = Timers.start(left, "The review expires undecided");
    reminder = nextReminder();
  }

  private Promise<Void> nextReminder() {
    return Timers.start(remindAfter, "Next reminder to those who may decide");
  }
}
