package dev.lockkeeper.workflows.pipeline;

import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.contracts.deployment.CanaryInput;
import dev.lockkeeper.contracts.deployment.CanaryQuestion;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.RestorePlan;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.run.Stage;
import dev.lockkeeper.workflows.monitoring.MonitoringStart;
import dev.lockkeeper.workflows.run.EndpointRestore;
import dev.lockkeeper.workflows.run.Signals;
import dev.lockkeeper.workflows.run.StageOptions;
import dev.lockkeeper.workflows.run.Timers;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From an approved package to what the endpoint serves. */
final class ReleaseStage {

  /** An approval is worth less the older it gets: another canary is not waited for any longer. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private final RunContext run;
  private final PipelineSpecification specification;
  private final RunProgress progress;
  private final UnshownCanary unshown;
  private @Nullable ServingState baseline;

  ReleaseStage(
      RunContext run,
      PipelineSpecification specification,
      RunProgress progress,
      UnshownCanary unshown) {
    this.run = run;
    this.specification = specification;
    this.progress = progress;
    this.unshown = unshown;
  }

  /** What the candidate is compared with; asked as late as possible, for it may have changed. */
  @Nullable ModelPackage stable() {
    progress.begin(Stage.VALIDATION, "comparing the model with the stable version");
    ServingState found = serving();
    baseline = found;
    return found.stable();
  }

  /** Whether what the candidate was compared with is stable still. */
  boolean baselineHolds() {
    return Objects.equals(root(serving()), root(baseline));
  }

  private ServingState serving() {
    return StageOptions.DEPLOYMENT
        .activities(
            DeploymentActivities.class, "Find the stable version of " + specification.endpoint())
        .findStable(new FindStableInput(specification.endpoint()));
  }

  private static @Nullable String root(@Nullable ServingState state) {
    ModelPackage stable = state == null ? null : state.stable();
    return stable == null ? null : stable.rootDigest();
  }

  /**
   * One canary at a time for an endpoint: waits, visibly, while another one runs.
   *
   * @param review the review of what the canary asks
   */
  CanaryResult canary(
      ModelPackage modelPackage,
      Approval approval,
      Function<@Nullable CanaryQuestion, OpenReviewInput> review) {
    progress.begin(Stage.DEPLOYMENT, "canary on " + specification.endpoint());
    Instant since = Timers.now();
    CanaryTurn turn = new CanaryTurn(specification.endpoint(), run.runId());
    while (true) {
      try {
        return finished(start(modelPackage, approval, review));
      } catch (ChildWorkflowFailure failure) {
        if (failure.getCause() instanceof TerminatedFailure) {
          takeBack(modelPackage);
        }
        boolean late = Timers.now().isAfter(since.plus(LONGEST_WAIT));
        if (!(failure.getCause() instanceof WorkflowExecutionAlreadyStarted) || late) {
          throw failure;
        }
      }
      progress.waiting("another canary runs on " + specification.endpoint() + "; trying again");
      turn.await();
    }
  }

  /** Once the model serves a cancel comes too late: what serves is watched. */
  void watch(ModelPackage modelPackage) {
    MonitoringStart watch =
        new MonitoringStart(specification.endpoint(), specification.monitoring());
    Workflow.newDetachedCancellationScope(() -> watch.versionServes(modelPackage)).run();
  }

  /**
   * A canary that was terminated could take nothing back, so this run does. The candidate may not
   * serve yet: a change that is still on its way is too late after it too.
   */
  private void takeBack(ModelPackage candidate) {
    EndpointRestore restore = new EndpointRestore(specification.endpoint());
    Workflow.newDetachedCancellationScope(
            () -> {
              ServingState now = restore.current();
              ModelPackage stable = now.stable();
              String root = candidate.rootDigest();
              if (stable == null || !stable.rootDigest().equals(root)) {
                restore.to(
                    now.sequence(),
                    new RestorePlan(stable == null ? null : stable.version(), List.of(root), false),
                    "the canary of " + run.runId() + " was terminated");
              }
            })
        .run();
  }

  private CanaryResult start(
      ModelPackage modelPackage,
      Approval approval,
      Function<@Nullable CanaryQuestion, OpenReviewInput> review) {
    CanaryWorkflow canary =
        Workflow.newChildWorkflowStub(
            CanaryWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(CanaryWorkflow.workflowId(specification.endpoint()))
                .setTaskQueue(Role.PIPELINE.taskQueue())
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setStaticSummary("Canary of " + run.runId() + " on " + specification.endpoint())
                .build());
    CanaryInput input =
        new CanaryInput(
            run,
            specification.endpoint(),
            modelPackage,
            approval,
            specification.deployment(),
            baseline);
    return outcome(canary, input, review);
  }

  /**
   * Calls the canary back instead of cancelling it: a cancelled workflow has no result that says
   * what was restored.
   */
  private CanaryResult outcome(
      CanaryWorkflow canary,
      CanaryInput input,
      Function<@Nullable CanaryQuestion, OpenReviewInput> review) {
    CompletablePromise<CanaryResult> result = Workflow.newPromise();
    Workflow.newDetachedCancellationScope(
            () -> result.completeFrom(Async.function(canary::release, input)))
        .run();
    try {
      Workflow.await(() -> result.isCompleted() || unshown.isAsked());
      while (!result.isCompleted()) {
        unshown.decide(canary, review, result::isCompleted);
        progress.running("canary on " + specification.endpoint());
        Workflow.await(() -> result.isCompleted() || unshown.isAsked());
      }
    } catch (CanceledFailure cancelled) {
      Workflow.newDetachedCancellationScope(
              () -> {
                Signals.delivered(() -> canary.rollBack("the run was cancelled"));
                Workflow.await(result::isCompleted);
              })
          .run();
    }
    return result.get();
  }

  /** A cancelled canary has taken the candidate back and says so; the run is cancelled still. */
  private CanaryResult finished(CanaryResult result) {
    Evidence evidence = result.deployment().evidence();
    if (result instanceof CanaryResult.RolledBack rolledBack) {
      progress.rollback(rolledBack.rollback());
      progress.refusedAfterWaiting(evidence, result.message());
      if (CancellationScope.current().isCancelRequested()) {
        throw new CanceledFailure(result.message());
      }
    } else {
      progress.doneAfterWaiting(evidence, result.message());
    }
    return result;
  }
}
