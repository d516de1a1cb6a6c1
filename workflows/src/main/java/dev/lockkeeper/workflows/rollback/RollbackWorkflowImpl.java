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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command that calls a canary back and restores; the watch of the endpoint is told after. */
public final class RollbackWorkflowImpl implements RollbackWorkflow {

  @Override
  public RollbackResult rollBack(RollbackInput input) {
    Workflow.upsertTypedSearchAttributes(SearchAttributes.ENDPOINT.valueSet(input.endpoint()));
    EndpointRestore restore = new EndpointRestore(input.endpoint());
    ServingState before = restore.current();
    boolean calledBack = callBackCanary(input);
    if (calledBack && servesNothing(before) && input.version() == null) {
      return explained(
          null, "the canary on " + input.endpoint() + " was called back: " + reason(input));
    }
    String target = target(input, before, calledBack);
    Deployment restored =
        restore.to(before.sequence(), target, takesBack(before, target), reason(input));
    ModelPackage serving = restored.state().stable();
    if (serving != null) {
      MonitoringStart.tell(input.endpoint(), serving, null);
    }
    return explained(
        restored,
        input.endpoint()
            + " went from "
            + versions(before)
            + " to "
            + versions(restored.state())
            + (calledBack ? ", its canary was called back: " : ": ")
            + reason(input));
  }

  private static boolean servesNothing(ServingState state) {
    return state.stable() == null && state.candidate() == null;
  }

  /**
   * In a canary the stable version by its name, never "the one before": the canary may take the
   * candidate back at the same time, or may not have begun to give it traffic, and "the one before"
   * would then go one too far.
   */
  private static @Nullable String target(
      RollbackInput input, ServingState before, boolean calledBack) {
    if (input.version() != null) {
      return input.version();
    }
    ModelPackage stable = before.stable();
    boolean inCanary = calledBack || before.candidate() != null;
    return inCanary && stable != null ? stable.version() : null;
  }

  /** The candidate, and the stable version if another one is restored. */
  private static List<String> takesBack(ServingState before, @Nullable String target) {
    List<String> roots = new ArrayList<>();
    ModelPackage candidate = before.candidate();
    if (candidate != null) {
      roots.add(candidate.rootDigest());
    }
    ModelPackage stable = before.stable();
    if (stable != null
        && !stable.version().equals(target)
        && (candidate == null || target != null)) {
      roots.add(stable.rootDigest());
    }
    return roots;
  }

  /** Before anything is restored: a canary that has not begun yet must not begin after it. */
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
