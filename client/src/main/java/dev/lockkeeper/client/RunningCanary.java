package dev.lockkeeper.client;

import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.formats.run.Stage;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import org.jspecify.annotations.Nullable;

/**
 * What the canary of a run does, which its run knows only once it has ended.
 *
 * @param client a client of the server
 */
record RunningCanary(WorkflowClient client) {

  /** The status with what the run's canary says of itself, if there is one. */
  RunStatus shownIn(RunStatus status, WorkflowExecutionDescription run) {
    String canary = CanaryWorkflow.workflowId(status.endpoint());
    boolean running =
        run.getRawDescription().getPendingChildrenList().stream()
            .anyMatch(child -> child.getWorkflowId().equals(canary));
    String message = running ? message(canary) : null;
    return message == null
        ? status
        : RunStatusReader.withStages(
            status, status.stages().stream().map(stage -> stage(stage, message)).toList());
  }

  /** What it says, unless it has ended since or a worker of an older version answers for it. */
  private @Nullable String message(String canary) {
    CanaryWorkflow workflow = client.newWorkflowStub(CanaryWorkflow.class, canary);
    try {
      return Calls.call("workflow " + canary, workflow::status).message();
    } catch (ClientException unanswered) {
      return null;
    }
  }

  private static StageStatus stage(StageStatus stage, String message) {
    return stage.stage() == Stage.DEPLOYMENT && stage.state() == StageState.RUNNING
        ? new StageStatus(
            stage.stage(),
            stage.state(),
            stage.seconds(),
            stage.attempts(),
            stage.statement(),
            message,
            stage.startedAt())
        : stage;
  }
}
