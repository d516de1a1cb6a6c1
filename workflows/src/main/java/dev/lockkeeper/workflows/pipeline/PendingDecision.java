package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.formats.approval.SignedDecision;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;

/**
 * A decision in the queue.
 *
 * @param decision what was sent
 * @param receipt completed with what became of it
 */
record PendingDecision(SignedDecision decision, CompletablePromise<DecisionReceipt> receipt) {

  static PendingDecision of(SignedDecision decision) {
    return new PendingDecision(decision, Workflow.newPromise());
  }
}
