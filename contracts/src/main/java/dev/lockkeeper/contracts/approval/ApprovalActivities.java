package dev.lockkeeper.contracts.approval;

import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.Review;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The approval stage, on task queue {@code lockkeeper-approval}. */
@ActivityInterface
public interface ApprovalActivities {

  /**
   * Pins the policy and issues the terms. While too few people are enrolled to meet the quorum, it
   * gives a review that they can reject ({@link Review#lacksApprovers}) where the input takes one,
   * or fails with {@code APPROVERS_MISSING}, retried, if it does not, if the caller has that review
   * already, or if nobody is enrolled.
   */
  @ActivityMethod(name = "OpenReview")
  Review openReview(OpenReviewInput input);

  /**
   * Verifies one decision. A decision that does not count is a result with its reason, and is
   * recorded.
   */
  @ActivityMethod(name = "JudgeDecision")
  DecisionReceipt judgeDecision(JudgeDecisionInput input);

  /** Tells those who may decide that a run still waits for them. */
  @ActivityMethod(name = "RemindApprovers")
  void remindApprovers(Review review);

  /** Verifies all decisions once more and signs the approval statement. */
  @ActivityMethod(name = "CloseReview")
  Approval closeReview(CloseReviewInput input);
}
