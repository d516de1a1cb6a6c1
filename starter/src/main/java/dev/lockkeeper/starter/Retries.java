package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowExecutionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the server tries again at this moment. A workflow does not see the attempts of an activity
 * that has not ended, so its own status says nothing of them.
 *
 * @param connection the server
 */
record Retries(Connection connection) {

  /** The status with the failure that a stage is recovering from, if one is. */
  RunStatus shownIn(RunStatus status, WorkflowExecutionDescription run) {
    Optional<PendingActivityInfo> retried = retried(run.getRawDescription());
    return retried.map(activity -> with(status, activity)).orElse(status);
  }

  private Optional<PendingActivityInfo> retried(DescribeWorkflowExecutionResponse run) {
    List<PendingActivityInfo> pending = new ArrayList<>(run.getPendingActivitiesList());
    for (PendingChildExecutionInfo child : run.getPendingChildrenList()) {
      pending.addAll(
          connection
              .call(
                  "workflow " + child.getWorkflowId(),
                  connection.client().newUntypedWorkflowStub(child.getWorkflowId())::describe)
              .getRawDescription()
              .getPendingActivitiesList());
    }
    return pending.stream().filter(PendingActivityInfo::hasLastFailure).findFirst();
  }

  private static RunStatus with(RunStatus run, PendingActivityInfo activity) {
    List<StageStatus> stages = run.stages().stream().map(stage -> stage(stage, activity)).toList();
    return new RunStatus(
        run.runId(),
        run.model(),
        run.version(),
        run.endpoint(),
        run.verdict(),
        run.message(),
        run.traceId(),
        stages,
        run.metrics(),
        run.reports(),
        run.rollback());
  }

  private static StageStatus stage(StageStatus stage, PendingActivityInfo activity) {
    if (stage.state() != StageState.RUNNING && stage.state() != StageState.WAITING) {
      return stage;
    }
    return new StageStatus(
        stage.stage(),
        stage.state(),
        stage.seconds(),
        activity.getAttempt(),
        stage.statement(),
        "trying again after " + text(activity.getLastFailure()),
        stage.startedAt());
  }

  /** The server keeps a large failure cut short, as the cause of one that only says so. */
  private static String text(Failure kept) {
    Failure failure = kept.hasServerFailureInfo() && kept.hasCause() ? kept.getCause() : kept;
    return failure.hasApplicationFailureInfo()
        ? failure.getApplicationFailureInfo().getType() + ": " + failure.getMessage()
        : failure.getMessage();
  }
}
