package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.run.RunId;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs as the server knows them.
 *
 * @param connection the server
 */
public record Runs(Connection connection) {

  /** A run id as people type it. */
  static RunId parse(String text) {
    try {
      return RunId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** Whether the server has such a run, or still remembers it. */
  public boolean exists(RunId run) {
    WorkflowStub stub = connection.client().newUntypedWorkflowStub(run.toString());
    try {
      connection.call("run " + run, stub::describe);
      return true;
    } catch (CommandException e) {
      if (e.exitCode() == ExitCode.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** A run as it stands: the result if it ended, else the workflow's own answer. */
  public RunStatus status(RunId run) {
    WorkflowStub stub = connection.client().newUntypedWorkflowStub(run.toString());
    String what = "run " + run;
    WorkflowExecutionDescription description = connection.call(what, stub::describe);
    WorkflowExecutionStatus state = description.getStatus();
    return switch (state) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED ->
          connection.call(what, () -> stub.getResult(RunStatus.class));
      case WORKFLOW_EXECUTION_STATUS_RUNNING ->
          new PendingActivities(connection)
              .shownIn(connection.call(what, () -> connection.pipeline(run).status()), description);
      case WORKFLOW_EXECUTION_STATUS_CANCELED ->
          broken(run, description, Verdict.CANCELLED, "cancelled");
      case WORKFLOW_EXECUTION_STATUS_TERMINATED ->
          broken(run, description, Verdict.CANCELLED, "terminated");
      default -> broken(run, description, Verdict.FAILED, reason(stub, state));
    };
  }

  /**
   * A run without a result: what the workflow itself still answers after its end, or how far it
   * came where no worker answers for it.
   */
  private RunStatus broken(
      RunId run, WorkflowExecutionDescription description, Verdict verdict, String message) {
    try {
      RunStatus last = connection.call("run " + run, () -> connection.pipeline(run).status());
      return last.verdict() == null
          ? ended(last, description.getCloseTime(), verdict, message)
          : last;
    } catch (CommandException unanswered) {
      return untold(run, description, verdict, message);
    }
  }

  /** A run that could not tell its own end any more. */
  private static RunStatus ended(
      RunStatus last, @Nullable Instant closed, Verdict verdict, String message) {
    return new RunStatus(
        last.runId(),
        last.model(),
        last.version(),
        last.endpoint(),
        verdict,
        message,
        last.traceId(),
        last.stages().stream().map(stage -> ended(stage, closed, message)).toList(),
        last.metrics(),
        last.reports(),
        last.rollback());
  }

  private static StageStatus ended(StageStatus stage, @Nullable Instant closed, String message) {
    if (stage.state() != StageState.RUNNING && stage.state() != StageState.WAITING) {
      return stage;
    }
    return new StageStatus(
        stage.stage(),
        StageState.FAILED,
        closed == null ? stage.seconds() : stage.secondsAt(closed),
        stage.attempts(),
        stage.statement(),
        message,
        stage.startedAt());
  }

  private static String reason(WorkflowStub stub, WorkflowExecutionStatus state) {
    try {
      stub.getResult(RunStatus.class);
      return "ended as " + state;
    } catch (WorkflowFailedException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return "the workflow itself failed: " + cause.getMessage();
    }
  }

  private RunStatus untold(
      RunId run, WorkflowExecutionDescription description, Verdict verdict, String message) {
    String endpoint = description.getTypedSearchAttributes().get(SearchAttributes.ENDPOINT);
    return new RunStatus(
        run.toString(),
        run.model(),
        run.version(),
        endpoint == null ? "" : endpoint,
        verdict,
        message,
        "",
        new StageHistory(connection).of(run, description.getCloseTime(), message),
        List.of(),
        List.of(),
        null);
  }
}
