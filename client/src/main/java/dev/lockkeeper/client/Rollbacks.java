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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Rolls endpoints back. */
record Rollbacks(WorkflowClient client) {

  /** Longer than this a rollback is not tried: by then it may take back what came after it. */
  static final Duration LONGEST = Duration.ofMinutes(30);

  RollbackResult rollBack(RollbackInput input, Duration wait, Consumer<String> waiting) {
    String subject = "endpoint " + input.endpoint();
    String workflowId = RollbackWorkflow.workflowId(input.endpoint());
    RollbackWorkflow workflow = client.newWorkflowStub(RollbackWorkflow.class, options(input));
    Supplier<String> reason =
        () ->
            new PendingActivities(client)
                .waitedFor(
                    workflowId, Role.DEPLOYMENT, "the gateway has not confirmed the change yet");
    try (WaitNotice notice = new WaitNotice(reason, waiting)) {
      Calls.call("rollback", () -> WorkflowClient.start(workflow::rollBack, input));
      return Calls.call("rollback", () -> result(workflow, wait))
          .orElseThrow(() -> notDone(subject, wait, notice.now()));
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw new ClientException(Kind.EXISTS, subject, "it is being rolled back already", e);
    } catch (WorkflowFailedException e) {
      throw notRolledBack(subject, e);
    }
  }

  /** The result; empty if there is none in time. */
  private static Optional<RollbackResult> result(RollbackWorkflow workflow, Duration wait) {
    try {
      return Optional.of(
          WorkflowStub.fromTyped(workflow)
              .getResult(wait.toMillis(), TimeUnit.MILLISECONDS, RollbackResult.class));
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }

  private static ClientException notDone(String subject, Duration wait, String reason) {
    return new ClientException(
        Kind.NOT_DONE,
        subject,
        "was not rolled back within "
            + wait
            + ": "
            + reason
            + "; the rollback goes on by itself for "
            + LONGEST.toMinutes()
            + " minutes",
        new TimeoutException());
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
