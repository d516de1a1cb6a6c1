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
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What an activity does at this moment, by its heartbeats, and what keeps an activity or a workflow
 * from going on: it is tried again, paused, or no worker has taken it. A workflow does not see the
 * attempts of an activity that has not ended, so its own status says nothing of them.
 *
 * @param client a client of the server
 */
record PendingActivities(WorkflowClient client) {

  /** A worker that is there takes a task within milliseconds, unless all its slots are taken. */
  private static final Duration TAKEN_BY_NOW = Duration.ofSeconds(5);

  /** The status with what keeps a stage from ending, or else with how far it is, if it tells. */
  RunStatus shownIn(RunStatus status, WorkflowExecutionDescription run) {
    Optional<PendingActivityInfo> held = held(run.getRawDescription());
    if (held.isPresent()) {
      return with(status, stage -> held(stage, held.get()));
    }
    String progress =
        run.getRawDescription().getPendingActivitiesList().stream()
            .map(this::progress)
            .filter(Predicate.not(String::isEmpty))
            .findFirst()
            .orElse("");
    return progress.isEmpty() ? status : with(status, stage -> inProgress(stage, progress));
  }

  /** What the attempt told last: a line for people, or an object that contains one. */
  private String progress(PendingActivityInfo activity) {
    if (!activity.hasHeartbeatDetails()) {
      return "";
    }
    Object told =
        client
            .getOptions()
            .getDataConverter()
            .fromPayloads(
                0, Optional.of(activity.getHeartbeatDetails()), Object.class, Object.class);
    if (told instanceof Map<?, ?> fields) {
      return fields.get("text") instanceof String text ? text : "";
    }
    return told instanceof String text ? text : "";
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

  private static RunStatus with(RunStatus run, UnaryOperator<StageStatus> change) {
    return RunStatusReader.withStages(
        run,
        run.stages().stream().map(stage -> isOpen(stage) ? change.apply(stage) : stage).toList());
  }

  private static boolean isOpen(StageStatus stage) {
    return stage.state() == StageState.RUNNING || stage.state() == StageState.WAITING;
  }

  private static StageStatus held(StageStatus stage, PendingActivityInfo activity) {
    return with(stage, activity.getAttempt(), text(stage.stage().label(), activity));
  }

  private static StageStatus inProgress(StageStatus stage, String progress) {
    return stage.state() == StageState.RUNNING
        ? with(stage, stage.attempts(), stage.message() + ": " + progress)
        : stage;
  }

  private static StageStatus with(StageStatus stage, int attempts, String message) {
    return new StageStatus(
        stage.stage(),
        stage.state(),
        stage.seconds(),
        attempts,
        stage.statement(),
        message,
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
