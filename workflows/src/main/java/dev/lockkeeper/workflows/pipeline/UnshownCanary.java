package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.contracts.deployment.CanaryQuestions;
import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.workflows.run.FailureText;
import dev.lockkeeper.workflows.run.Signals;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a canary asks the approvers of its run, and what becomes of their answer. The deployment
 * stage verifies a consent by itself.
 */
final class UnshownCanary {

  private final ReviewProcess reviews;
  private final RunProgress progress;
  private @Nullable CanaryQuestion question;

  UnshownCanary(ReviewProcess reviews, RunProgress progress) {
    this.reviews = reviews;
    this.progress = progress;
    CanaryQuestions heard = asked -> question = asked;
    Workflow.registerListener(heard);
  }

  boolean isAsked() {
    return question != null;
  }

  /**
   * Asks the approvers, and tells the canary.
   *
   * @param review the review of a question
   * @param over whether the canary ended by itself meanwhile
   * @throws CanceledFailure if the run is cancelled
   */
  void decide(
      CanaryWorkflow canary,
      Function<@Nullable CanaryQuestion, OpenReviewInput> review,
      BooleanSupplier over) {
    CanaryQuestion asked = question;
    question = null;
    progress.asks(true);
    try {
      Approval answer = reviews.decide(review.apply(asked), progress, over);
      if (answer != null && answer.outcome() == ApprovalOutcome.APPROVED) {
        Signals.delivered(() -> canary.promoteUnshown(answer));
      } else if (answer != null) {
        callBack(canary, "the approvers did not consent: " + answer.outcome());
      }
    } catch (TemporalFailure failure) {
      if (CancellationScope.current().isCancelRequested()) {
        throw new CanceledFailure("cancelled while the approvers were asked");
      }
      callBack(canary, "the approvers could not be asked: " + FailureText.of(failure));
    }
    progress.asks(false);
  }

  private static void callBack(CanaryWorkflow canary, String reason) {
    Signals.delivered(() -> canary.rollBack(reason));
  }
}
