package dev.lockkeeper.client;

import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.RunFailure;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.run.RunId;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads how runs stand, from the workflow itself as long as it answers.
 *
 * @param client a client of the server
 */
record RunStatusReader(WorkflowClient client) {

  /** A run as it stands: the result if it ended with one, else the workflow's own answer. */
  RunStatus status(RunId run) {
    WorkflowStub stub = client.newUntypedWorkflowStub(run.toString());
    String what = "run " + run;
    WorkflowExecutionDescription description = Calls.call(what, stub::describe);
    WorkflowExecutionStatus state = description.getStatus();
    return switch (state) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED ->
          Calls.call(what, () -> stub.getResult(RunStatus.class));
      case WORKFLOW_EXECUTION_STATUS_RUNNING ->
          new PendingActivities(client)
              .shownIn(
                  new RunningCanary(client)
                      .shownIn(Calls.call(what, () -> workflow(run).status()), description),
                  description);
      case WORKFLOW_EXECUTION_STATUS_CANCELED ->
          broken(run, description, Verdict.CANCELLED, "cancelled");
      case WORKFLOW_EXECUTION_STATUS_TERMINATED ->
          broken(run, description, Verdict.CANCELLED, "terminated");
      default -> failed(run, description, stub);
    };
  }

  /** A workflow that failed has the run's result in its failure, unless it broke before its end. */
  private RunStatus failed(RunId run, WorkflowExecutionDescription description, WorkflowStub stub) {
    try {
      return Calls.call("run " + run, () -> stub.getResult(RunStatus.class));
    } catch (WorkflowFailedException e) {
      RunStatus end = RunFailure.result(e.getCause());
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return end == null
          ? broken(
              run, description, Verdict.FAILED, "the workflow itself failed: " + cause.getMessage())
          : end;
    }
  }

  static RunStatus withStages(RunStatus run, List<StageStatus> stages) {
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

  private PipelineWorkflow workflow(RunId run) {
    return client.newWorkflowStub(PipelineWorkflow.class, run.toString());
  }

  /**
   * A run without a result: what the workflow itself still answers after its end, or how far it
   * came where no worker answers for it.
   */
  private RunStatus broken(
      RunId run, WorkflowExecutionDescription description, Verdict verdict, String message) {
    try {
      RunStatus last = Calls.call("run " + run, () -> workflow(run).status());
      return last.verdict() == null
          ? ended(last, description.getCloseTime(), verdict, message)
          : last;
    } catch (ClientException unanswered) {
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
        new StageHistory(client).of(run, description.getCloseTime(), message),
        List.of(),
        List.of(),
        null);
  }
}
