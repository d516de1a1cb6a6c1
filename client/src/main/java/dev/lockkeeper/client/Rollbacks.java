package dev.lockkeeper.client;

import dev.lockkeeper.client.ClientException.Kind;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.contracts.deployment.RollbackWorkflow;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.run.Role;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.Priority;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** Rolls endpoints back. */
record Rollbacks(WorkflowClient client) {

  /** A gateway that is away is waited for; a person may stop waiting with Ctrl-C. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  RollbackResult rollBack(RollbackInput input) {
    String subject = "endpoint " + input.endpoint();
    RollbackWorkflow workflow = client.newWorkflowStub(RollbackWorkflow.class, options(input));
    try {
      Calls.call("rollback", () -> WorkflowClient.start(workflow::rollBack, input));
      return Calls.call(
          "rollback", () -> WorkflowStub.fromTyped(workflow).getResult(RollbackResult.class));
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw new ClientException(Kind.EXISTS, subject, "it is being rolled back already", e);
    } catch (WorkflowFailedException e) {
      throw notRolledBack(subject, e);
    }
  }

  private static ClientException notRolledBack(String subject, WorkflowFailedException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    while (cause instanceof ActivityFailure && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    Kind kind = Kind.FAILED;
    if (cause instanceof ApplicationFailure application) {
      message = application.getOriginalMessage();
      boolean unknown = application.getType().equals(FailureType.SPECIFICATION_INVALID.name());
      kind = unknown ? Kind.UNKNOWN : Kind.FAILED;
    }
    return new ClientException(kind, subject, "was not rolled back: " + message, failure);
  }

  private static WorkflowOptions options(RollbackInput input) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(RollbackWorkflow.workflowId(input.endpoint()))
        .setTaskQueue(Role.PIPELINE.taskQueue())
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
        .setWorkflowExecutionTimeout(LONGEST)
        .setPriority(Priority.newBuilder().setPriorityKey(1).build())
        .setStaticSummary("Roll back " + input.endpoint())
        .setStaticDetails(input.reason())
        .build();
  }
}
