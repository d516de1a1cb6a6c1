package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.ApprovalActivities;
import dev.lockkeeper.contracts.approval.CloseReviewInput;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.JudgeDecisionInput;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.run.MetricValue;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.VersionChange;
import dev.lockkeeper.workflows.pipeline.DecisionQueue.Way;
import dev.lockkeeper.workflows.run.FailureText;
import dev.lockkeeper.workflows.run.StageOptions;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The review of one run: takes decisions in order, has each judged, and closes in time. */
final class ReviewProcess {
  private final RunContext run;
  private final String reason;
  private final Runnable changed;
  private final DecisionQueue intake = new DecisionQueue();
  private final List<AcceptedDecision> accepted = new ArrayList<>();
  private List<GateResult> gates = List.of();
  private List<MetricValue> metrics = List.of();
  private List<String> findings = List.of();
  private List<VersionChange> changes = List.of();
  private @Nullable ArtifactRef page;
  private @Nullable Review review;
  private @Nullable CanaryQuestion question;

  /**
   * @param reason why the run was started; empty if not told
   * @param changed told whenever what people see of the review has changed
   */
  ReviewProcess(RunContext run, String reason, Runnable changed) {
    this.run = run;
    this.reason = reason;
    this.changed = changed;
  }

  void evaluated(Evaluation evaluation) {
    gates = List.copyOf(evaluation.gates());
    metrics = List.copyOf(evaluation.metrics());
    findings = evaluation.findings();
    changes = evaluation.changes();
    page = evaluation.page();
  }

  ReviewStatus status() {
    return new ReviewStatus(
        review,
        gates,
        metrics,
        question == null ? findings : withQuestion(question.message()),
        changes,
        run.startedBy(),
        reason,
        page,
        List.copyOf(accepted),
        intake.refused());
  }

  private List<String> withQuestion(String message) {
    List<String> all = new ArrayList<>(findings);
    all.add(0, message);
    return all;
  }

  void signalled(SignedDecision decision) {
    intake.take(decision, Way.SIGNAL);
    changed.run();
  }

  DecisionReceipt updated(SignedDecision decision) {
    return intake.take(decision, Way.UPDATE).receipt().get();
  }

  /** Runs before an update enters the history: reads only. */
  void validate(SignedDecision decision) {
    String obstacle = intake.obstacle(decision, Way.UPDATE);
    if (obstacle != null) {
      throw StageFailure.of(FailureType.DECISION_REFUSED, obstacle);
    }
  }

  /** Opens the review, waits for people, and closes it with a signed statement. */
  Approval decide(OpenReviewInput input, RunProgress progress) {
    return Objects.requireNonNull(decide(input, progress, () -> false));
  }

  /**
   * As {@link #decide(OpenReviewInput, RunProgress)}, while it matters.
   *
   * @param settled whether nobody needs to decide any more
   * @return the closed review, or null if it was settled before
   */
  @Nullable Approval decide(OpenReviewInput input, RunProgress progress, BooleanSupplier settled) {
    accepted.clear();
    question = input.question();
    Review open =
        StageOptions.APPROVAL
            .activities(ApprovalActivities.class, "Open the review of " + run.runId())
            .openReview(input.withTooFew(""));
    ApprovalOutcome outcome = outcome(open, input, progress, settled);
    while (outcome == null && !settled.getAsBoolean()) {
      intake.refuseAll("others are enrolled by now: decide on the review that is open since then");
      accepted.clear();
      open = Objects.requireNonNull(review);
      outcome = outcome(open, input, progress, settled);
    }
    intake.close();
    review = null;
    intake.refuseAll("the review is closed: " + (outcome == null ? "it is settled" : outcome));
    question = null;
    if (outcome == null) {
      return null;
    }
    progress.running("closing the review: " + outcome);
    return StageOptions.APPROVAL
        .activities(ApprovalActivities.class, "Sign the approval statement: " + outcome)
        .closeReview(
            new CloseReviewInput(run, open, input.modelPackage(), outcome, List.copyOf(accepted)));
  }

  /** Nobody decides any more on a run that was cancelled or failed. */
  void abandon(String reason) {
    intake.close();
    review = null;
    intake.refuseAll(reason);
  }

  /**
   * How a review ended; null if another one takes its place, since others are enrolled, or if it is
   * settled.
   */
  private @Nullable ApprovalOutcome outcome(
      Review open, OpenReviewInput input, RunProgress progress, BooleanSupplier settled) {
    review = open;
    intake.open(open.terms());
    progress.waiting(awaited(open));
    try (ReviewClock clock = new ReviewClock(open, input.approval().remindAfter());
        Enrolment enrolment = new Enrolment(open, input)) {
      while (true) {
        Workflow.await(
            () ->
                !intake.isEmpty()
                    || clock.rings()
                    || enrolment.changed()
                    || settled.getAsBoolean());
        if (settled.getAsBoolean()) {
          return null;
        }
        PendingDecision next = intake.poll();
        if (next != null) {
          judge(open, next);
        } else if (enrolment.changed()) {
          review = enrolment.review();
          return null;
        } else if (clock.expired()) {
          return ApprovalOutcome.EXPIRED;
        } else {
          clock.remind();
        }
        if (accepted.stream().anyMatch(one -> one.decision() == DecisionKind.REJECT)) {
          return ApprovalOutcome.REJECTED;
        }
        if (accepted.size() >= open.quorum()) {
          return ApprovalOutcome.APPROVED;
        }
      }
    }
  }

  private static String awaited(Review open) {
    String approvers = String.join(", ", open.approvers());
    return (open.lacksApprovers()
            ? "more approvers: " + open.quorum() + " are needed, and a rejection by " + approvers
            : open.quorum() + " decision(s) by " + approvers)
        + " until "
        + open.terms().expires();
  }

  private void judge(Review open, PendingDecision submission) {
    DecisionReceipt receipt;
    try {
      receipt = receipt(open, submission.decision());
    } catch (ActivityFailure failure) {
      // The sender waits for the answer, and the run cannot end before every handler has.
      intake.refuse(submission, "not judged, the run ends: " + FailureText.of(failure));
      throw failure;
    }
    if (receipt instanceof DecisionReceipt.Accepted counts) {
      accepted.add(counts.decision());
    } else {
      intake.remember(receipt.message());
    }
    submission.receipt().complete(receipt);
    changed.run();
  }

  /** A judge that does not answer refuses: the review's own expiry must not wait for it. */
  private DecisionReceipt receipt(Review open, SignedDecision decision) {
    try {
      return StageOptions.JUDGEMENT
          .activities(ApprovalActivities.class, "Judge a decision")
          .judgeDecision(new JudgeDecisionInput(run, open, decision, List.copyOf(accepted)));
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure
          || failure.getRetryState() == RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE) {
        throw failure;
      }
      intake.forget(decision);
      return new DecisionReceipt.Refused(
          "could not be judged, send it again later: " + FailureText.of(failure));
    }
  }
}
