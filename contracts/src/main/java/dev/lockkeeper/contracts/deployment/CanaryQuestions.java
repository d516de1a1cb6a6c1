package dev.lockkeeper.contracts.deployment;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;

/** The part of a run that hears what its canary asks. */
@WorkflowInterface
public interface CanaryQuestions {

  /** Has the approvers asked what becomes of a candidate that its canary cannot judge. */
  @SignalMethod(description = "A canary's question to the approvers, with a signed verdict")
  void askApprovers(CanaryQuestion question);
}
