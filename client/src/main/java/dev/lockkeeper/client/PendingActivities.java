package dev.lockkeeper.client;

import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps an activity from ending at this moment: it is tried again, paused, or no worker has
 * taken it. A workflow does not see the attempts of an activity that has not ended, so its own
 * status says nothing of them.
 *
 * @param client a client of the server
 */
record PendingActivities(WorkflowClient client) {

  /** A worker that is there takes a task within milliseconds, unless all its slots are taken. */
  private static final Duration TAKEN_BY_NOW = Duration.ofSeconds(5);

  /** The status with what keeps a stage from ending, if something does. */
  RunStatus shownIn(RunStatus status, WorkflowExecutionDescription run) {
    Optional<PendingActivityInfo> held = held(run.getRawDescription());
    return held.map(activity -> with(status, activity)).orElse(status);
  }

  private Optional<PendingActivityInfo> held(DescribeWorkflowExecutionResponse run) {
    List<PendingActivityInfo> pending = new ArrayList<>(run.getPendingActivitiesList());
    for (PendingChildExecutionInfo child : run.getPendingChildrenList()) {
      pending.addAll(
          Calls.call(
                  "workflow " + child.getWorkflowId(),
                  client.newUntypedWorkflowStub(child.getWorkflowId())::describe)
              .getRawDescription()
              .getPendingActivitiesList());
    }
    return pending.stream()
        .filter(one -> one.getPaused() || one.hasLastFailure() || isUntaken(one))
        .findFirst();
  }

  private static boolean isUntaken(PendingActivityInfo activity) {
    return activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
        && scheduled(activity).isBefore(Instant.now().minus(TAKEN_BY_NOW));
  }

  private static Instant scheduled(PendingActivityInfo activity) {
    return Instant.ofEpochSecond(activity.getScheduledTime().getSeconds());
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
        text(stage, activity),
        stage.startedAt());
  }

  private static String text(StageStatus stage, PendingActivityInfo activity) {
    if (activity.getPaused()) {
      return "paused by an operator; 'temporal activity unpause' lets it go on";
    }
    return activity.hasLastFailure()
        ? "trying again after " + text(activity.getLastFailure())
        : "no worker of role "
            + stage.stage().label()
            + " has taken its work since "
            + scheduled(activity)
            + ": is one running?";
  }

  /** The server keeps a large failure cut short, as the cause of one that only says so. */
  private static String text(Failure kept) {
    Failure failure = kept.hasServerFailureInfo() && kept.hasCause() ? kept.getCause() : kept;
    return failure.hasApplicationFailureInfo()
        ? failure.getApplicationFailureInfo().getType() + ": " + failure.getMessage()
        : failure.getMessage();
  }
}
