package dev.lockkeeper.contracts.pipeline;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.run.RunFailure;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.RunId;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Takes one model version from raw data to production through every gate.
 *
 * <p>The workflow id is {@link RunId}. A run that promoted its model returns its result. Any other
 * (refused data, failed gate, denied approval, rollback, failure) fails for Temporal, so that lists
 * tell it apart, and the failure contains the same result: {@link RunFailure#result}.
 */
@WorkflowInterface
public interface PipelineWorkflow {

  /** What finds the runs that wait for a decision in Temporal's list of workflows. */
  String AWAITS_DECISION =
      "WorkflowType = 'PipelineWorkflow' AND ExecutionStatus = 'Running' AND PipelineStage ="
          + " 'approval'";

  /**
   * Runs every stage in order and returns how the run ended if it promoted its model; fails with a
   * {@link RunFailure} otherwise.
   */
  @WorkflowMethod
  RunStatus run(PipelineInput input);

  /**
   * A signed decision as people send it from the CLI or the Web UI; untrusted until an activity
   * verified it.
   */
  @SignalMethod(
      description = "A signed decision (SSHSIG) on the model version that waits for approval")
  void decide(SignedDecision decision);

  /** The same decision, answered with what became of it. */
  @UpdateMethod(description = "A signed decision (SSHSIG), answered with what became of it")
  DecisionReceipt submitDecision(SignedDecision decision);

  /**
   * Refuses a decision that is too large or comes when none is awaited, before it enters the
   * history.
   */
  @UpdateValidatorMethod(updateName = "submitDecision")
  void validateDecision(SignedDecision decision);

  /** The run as it stands. */
  @QueryMethod(description = "The run as it stands: stages, gates, who must decide")
  RunStatus status();

  /** What is to be decided and what was decided so far. */
  @QueryMethod(description = "What is to be decided, until when, and what was decided so far")
  ReviewStatus review();
}
