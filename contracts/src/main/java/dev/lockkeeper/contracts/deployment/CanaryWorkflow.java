package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.approval.Approval;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Brings a candidate to production in steps; at most one at a time for an endpoint, by its workflow
 * id.
 */
@WorkflowInterface
public interface CanaryWorkflow {

  /**
   * Shifts traffic step by step, judging at every look. On harm, cancel or failure restores first,
   * explains after.
   */
  @WorkflowMethod
  CanaryResult release(CanaryInput input);

  /** Takes the candidate back now. */
  @SignalMethod(description = "Take the candidate back now; the text is the reason")
  void rollBack(String reason);

  /**
   * Promotes a candidate that is not shown to stay inside the margin. The deployment stage verifies
   * the consent.
   */
  @SignalMethod(description = "The approvers' signed consent to a promotion without a shown margin")
  void promoteUnshown(Approval consent);

  /** Sends {@link EndpointQueue#endpointFree} to a workflow before the canary ends. */
  @SignalMethod(description = "Tell the workflow of this id when the canary is about to end")
  void notifyWhenOver(String workflowId);

  /** The canary as it stands. */
  @QueryMethod(description = "The canary as it stands")
  CanaryStatus status();

  /** The workflow id of an endpoint's canary. */
  static String workflowId(String endpoint) {
    return "canary/" + endpoint;
  }
}
