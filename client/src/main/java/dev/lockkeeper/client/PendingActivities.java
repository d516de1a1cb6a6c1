package dev.lockkeeper.client;

import com.google.protobuf.Timestamp;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.formats.run.Role;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.PendingWorkflowTaskState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflow.v1.PendingWorkflowTaskInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps an activity or a workflow from going on at this moment: it is tried again, paused, or
 * no worker has taken it. A workflow does not see the attempts of an activity that has not ended,
 * so its own status says nothing of them.
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

  /**
   * What a workflow waits for.
   *
   * @param role the role that its activities are of
   * @param otherwise what it is if a worker has taken its work
   */
  String waitedFor(String workflowId, Role role, String otherwise) {
    DescribeWorkflowExecutionResponse run =
        Calls.call("workflow " + workflowId, client.newUntypedWorkflowStub(workflowId)::describe)
            .getRawDescription();
    PendingWorkflowTaskInfo task = run.getPendingWorkflowTask();
    if (run.hasPendingWorkflowTask()
        && task.getState() == PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED
        && isOld(time(task.getScheduledTime()))) {
      return untaken(Role.PIPELINE.label(), time(task.getScheduledTime()));
    }
    return held(run).map(activity -> text(role.label(), activity)).orElse(otherwise);
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
        && isOld(time(activity.getScheduledTime()));
  }

  private static boolean isOld(Instant scheduled) {
    return scheduled.isBefore(Instant.now().minus(TAKEN_BY_NOW));
  }

  private static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds());
  }

  private static RunStatus with(RunStatus run, PendingActivityInfo activity) {
    return RunStatusReader.withStages(
        run, run.stages().stream().map(stage -> stage(stage, activity)).toList());
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
        text(stage.stage().label(), activity),
        stage.startedAt());
  }

  private static String text(String role, PendingActivityInfo activity) {
    if (activity.getPaused()) {
      return "paused by an operator; 'temporal activity unpause' lets it go on";
    }
    return activity.hasLastFailure()
        ? "trying again after " + text(activity.getLastFailure())
        : untaken(role, time(activity.getScheduledTime()));
  }

  private static String untaken(String role, Instant since) {
    return "no worker of role " + role + " has taken its work since " + since + ": is one running?";
  }

  /** The server keeps a large failure cut short, as the cause of one that only says so. */
  private static String text(Failure kept) {
    Failure failure = kept.hasServerFailureInfo() && kept.hasCause() ? kept.getCause() : kept;
    return failure.hasApplicationFailureInfo()
        ? failure.getApplicationFailureInfo().getType() + ": " + failure.getMessage()
        : failure.getMessage();
  }
}
