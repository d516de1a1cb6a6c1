package dev.lockkeeper.contracts.deployment;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;

/**
 * What a run understands while it waits for the canary of another run on its endpoint. It is a hint
 * to look at once: a run that is never told looks by itself.
 */
@WorkflowInterface
public interface EndpointQueue {

  /** The canary that it asked to be told of is about to end. */
  @SignalMethod(description = "The endpoint's canary is about to end")
  void endpointFree();
}
