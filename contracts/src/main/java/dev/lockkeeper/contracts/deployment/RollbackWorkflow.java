package dev.lockkeeper.contracts.deployment;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One command that restores model, features, contract and thresholds together, at high priority.
 */
@WorkflowInterface
public interface RollbackWorkflow {

  @WorkflowMethod
  RollbackResult rollBack(RollbackInput input);

  /** The workflow id of an endpoint's rollback: one at a time. */
  static String workflowId(String endpoint) {
    return "rollback/" + endpoint;
  }
}
