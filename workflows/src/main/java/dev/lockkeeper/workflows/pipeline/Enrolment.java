package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.ApprovalActivities;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.workflows.run.StageOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;

/** Waits, while too few people may decide on a review, for one that others may decide on too. */
final class Enrolment implements AutoCloseable {
  private final CancellationScope waiting;
  private Promise<Review> next = Workflow.newPromise();

  Enrolment(Review open, OpenReviewInput input) {
    waiting = Workflow.newCancellationScope(() -> next = start(open, input));
    if (open.lacksApprovers()) {
      waiting.run();
    }
  }

  /** The activity fails and is tried again for as long as nobody is enrolled. */
  private static Promise<Review> start(Review open, OpenReviewInput input) {
    ApprovalActivities approval =
        StageOptions.ENROLMENT.activities(
            ApprovalActivities.class, "Wait for approvers of " + input.run().runId());
    return Async.function(approval::openReview, input.withTooFew(open.terms().policyDigest()));
  }

  boolean changed() {
    return next.isCompleted();
  }

  /** The review that takes the other's place, or the failure that ended the wait. */
  Review review() {
    return next.get();
  }

  @Override
  public void close() {
    waiting.cancel();
  }
}
