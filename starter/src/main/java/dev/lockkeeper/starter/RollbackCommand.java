package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.contracts.deployment.RollbackWorkflow;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.ShortName;
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
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Rolls an endpoint back. */
@Command(
    name = "rollback",
    description =
        "Restores an earlier release of an endpoint: model, features, contract and thresholds"
            + " together.",
    footer = {
      "",
      "Example:",
      "  ./lockkeeper rollback chicago-taxi-tips --reason 'complaints from drivers'"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RollbackCommand implements Callable<Integer> {

  /** A gateway that is away is waited for; a person may stop waiting with Ctrl-C. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  @ParentCommand private LockkeeperCommand top;

  @Parameters(paramLabel = "ENDPOINT", description = "The serving endpoint.")
  private String endpoint;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version to restore (default: the one before).")
  private @Nullable String version;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "rolled back from the command line",
      description = "Why.")
  private String reason;

  @Option(
      names = "--as",
      paramLabel = "PRINCIPAL",
      description = "Who asks (default: LOCKKEEPER_USER, else your user name).")
  private @Nullable String principal;

  @Override
  public Integer call() {
    requireEndpoint();
    RollbackInput input = new RollbackInput(endpoint, version, reason, Principal.of(principal));
    try (Connection connection = Connection.open(top)) {
      RollbackWorkflow workflow =
          connection.client().newWorkflowStub(RollbackWorkflow.class, options());
      connection.call("rollback", () -> WorkflowClient.start(workflow::rollBack, input));
      RollbackResult result =
          connection.call(
              "rollback", () -> WorkflowStub.fromTyped(workflow).getResult(RollbackResult.class));
      answer(result);
      return ExitCode.OK.code();
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw new CommandException(
          ExitCode.CONFLICT,
          "endpoint " + endpoint + " is being rolled back already; wait for that to end",
          e);
    } catch (WorkflowFailedException e) {
      throw notRolledBack(e);
    }
  }

  private void requireEndpoint() {
    try {
      ShortName.require("endpoint", endpoint);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private CommandException notRolledBack(WorkflowFailedException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    while (cause instanceof ActivityFailure && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    ExitCode code = ExitCode.FAILED;
    if (cause instanceof ApplicationFailure application) {
      message = application.getOriginalMessage();
      boolean unknown = application.getType().equals(FailureType.SPECIFICATION_INVALID.name());
      code = unknown ? ExitCode.NOT_FOUND : ExitCode.FAILED;
    }
    return new CommandException(
        code, "endpoint " + endpoint + " was not rolled back: " + message, failure);
  }

  private void answer(RollbackResult result) {
    if (top.json()) {
      top.console().answerJson(result);
    } else {
      top.console().answer(result.message());
      top.console()
          .answer(
              String.format(
                  Locale.ROOT,
                  "confirmed by the gateway after %.2f s",
                  result.deployment().seconds()));
    }
  }

  private WorkflowOptions options() {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(RollbackWorkflow.workflowId(endpoint))
        .setTaskQueue(Role.PIPELINE.taskQueue())
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
        .setWorkflowExecutionTimeout(LONGEST)
        .setPriority(Priority.newBuilder().setPriorityKey(1).build())
        .setStaticSummary("Roll back " + endpoint)
        .setStaticDetails(reason)
        .build();
  }
}
