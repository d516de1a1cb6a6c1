package dev.lockkeeper.workflows.rollback;

import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.deployment.RestorePlan;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.contracts.deployment.RollbackWorkflow;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.workflows.monitoring.MonitoringStart;
import dev.lockkeeper.workflows.run.EndpointRestore;
import dev.lockkeeper.workflows.run.Markdown;
import dev.lockkeeper.workflows.run.Signals;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** One command that calls a canary back and restores; the watch of the endpoint is told after. */
public final class RollbackWorkflowImpl implements RollbackWorkflow {

  /** A rollback before this waited for the state before it called the canary back. */
  private static final String CANARY_FIRST = "canary-is-called-back-first";

  @Override
  public RollbackResult rollBack(RollbackInput input) {
    Workflow.upsertTypedSearchAttributes(SearchAttributes.ENDPOINT.valueSet(input.endpoint()));
    EndpointRestore restore = new EndpointRestore(input.endpoint());
    Promise<ServingState> asked = restore.asked();
    if (Workflow.getVersion(CANARY_FIRST, Workflow.DEFAULT_VERSION, 1) < 1) {
      asked.get();
    }
    boolean calledBack = callBackCanary(input);
    ServingState before = asked.get();
    if (calledBack && servesNothing(before) && input.version() == null) {
      return explained(
          null, "the canary on " + input.endpoint() + " was called back: " + reason(input));
    }
    RestorePlan plan = RestorePlan.of(before, input.version(), calledBack);
    Deployment restored = restore.to(before.sequence(), plan, reason(input));
    ModelPackage serving = restored.state().stable();
    if (serving != null) {
      MonitoringStart.tell(input.endpoint(), serving, null);
    }
    return explained(
        restored,
        input.endpoint()
            + " went from "
            + before.versions()
            + " to "
            + restored.state().versions()
            + (calledBack ? ", its canary was called back: " : ": ")
            + reason(input));
  }

  private static boolean servesNothing(ServingState state) {
    return state.stable() == null && state.candidate() == null;
  }

  /**
   * Before anything is restored, since a canary that has not begun yet must not begin after it; and
   * whether or not a deployment worker says what serves, since the canary goes on meanwhile.
   */
  private static boolean callBackCanary(RollbackInput input) {
    CanaryWorkflow canary =
        Workflow.newExternalWorkflowStub(
            CanaryWorkflow.class, CanaryWorkflow.workflowId(input.endpoint()));
    return Signals.delivered(() -> canary.rollBack(reason(input)));
  }

  private static RollbackResult explained(@Nullable Deployment restored, String message) {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.VERDICT.valueSet(Verdict.ROLLED_BACK.name()));
    Workflow.setCurrentDetails("**ROLLED_BACK** " + Markdown.cell(message) + "\n");
    return new RollbackResult(restored, message);
  }

  private static String reason(RollbackInput input) {
    return input.reason() + " (asked by " + input.requestedBy() + ")";
  }
}
