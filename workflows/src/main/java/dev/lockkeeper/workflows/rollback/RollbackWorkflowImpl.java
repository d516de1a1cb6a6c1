package dev.lockkeeper.workflows.rollback;

import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
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
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** One command that restores; whoever works on the endpoint is told after. */
public final class RollbackWorkflowImpl implements RollbackWorkflow {

  @Override
  public RollbackResult rollBack(RollbackInput input) {
    Workflow.upsertTypedSearchAttributes(SearchAttributes.ENDPOINT.valueSet(input.endpoint()));
    EndpointRestore restore = new EndpointRestore(input.endpoint());
    ServingState before = restore.current();
    Deployment restored = restore.to(target(input, before), reason(input));
    callBackCanary(input);
    ModelPackage serving = restored.state().stable();
    if (serving != null) {
      MonitoringStart.tell(input.endpoint(), serving, null);
    }
    return explained(input, before, restored);
  }

  /**
   * In a canary the stable version by its name, never "the one before": the canary may take the
   * candidate back at the same time, and "the one before" would then go one too far.
   */
  private static @Nullable String target(RollbackInput input, ServingState before) {
    if (input.version() != null) {
      return input.version();
    }
    ModelPackage stable = before.stable();
    return before.candidate() == null || stable == null ? null : stable.version();
  }

  private static void callBackCanary(RollbackInput input) {
    CanaryWorkflow canary =
        Workflow.newExternalWorkflowStub(
            CanaryWorkflow.class, CanaryWorkflow.workflowId(input.endpoint()));
    if (!Signals.delivered(() -> canary.rollBack(reason(input)))) {
      Workflow.getLogger(RollbackWorkflowImpl.class).info("no canary runs on {}", input.endpoint());
    }
  }

  private static RollbackResult explained(
      RollbackInput input, ServingState before, Deployment restored) {
    String message =
        input.endpoint()
            + " went from "
            + versions(before)
            + " to "
            + versions(restored.state())
            + ": "
            + reason(input);
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.VERDICT.valueSet(Verdict.ROLLED_BACK.name()));
    Workflow.setCurrentDetails("**ROLLED_BACK** " + Markdown.cell(message) + "\n");
    return new RollbackResult(restored, message);
  }

  private static String versions(ServingState state) {
    ModelPackage stable = state.stable();
    ModelPackage candidate = state.candidate();
    String serving = stable == null ? "no version" : "version " + stable.version();
    return candidate == null ? serving : serving + " with candidate " + candidate.version();
  }

  private static String reason(RollbackInput input) {
    return input.reason() + " (asked by " + input.requestedBy() + ")";
  }
}
