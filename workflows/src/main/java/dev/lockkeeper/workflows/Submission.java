package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.SignedDecision;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;

/**
 * A decision in the queue.
 *
 * @param decision what was sent
 * @param receipt completed with what became of it
 */
record Submission(SignedDecision decision, CompletablePromise<DecisionReceipt> receipt) {

  static Submission of(SignedDecision decision) {
    return new Submission(decision, Workflow.newPromise());
  }
}
