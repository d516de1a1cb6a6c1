package dev.lockkeeper.client;

import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.run.ShortName;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run as the server's search knows it.
 *
 * @param runId {@code MODEL@VERSION}
 * @param stage the label of the stage that it reached; empty before the first
 * @param verdict its verdict, else the state of its workflow, for example {@code RUNNING}
 * @param endpoint the serving endpoint
 * @param started when it was started
 * @param ended when it ended; null while it runs
 * @param startedBy who started it, as claimed; empty if it was not told
 */
public record RunSummary(
    String runId,
    String stage,
    String verdict,
    String endpoint,
    Instant started,
    @Nullable Instant ended,
    String startedBy) {

  /** The server sorts by the end of a run, so the newest are looked for in a growing time. */
  private static final List<Duration> LOOKED_BACK =
      List.of(Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(31));

  /** One of which nobody told its end and its starter. */
  public RunSummary(String runId, String stage, String verdict, String endpoint, Instant started) {
    this(runId, stage, verdict, endpoint, started, null, "");
  }

  /**
   * Lists runs, newest first.
   *
   * @param waiting only runs that wait for a decision
   */
  static List<RunSummary> list(
      WorkflowClient client, @Nullable String model, boolean waiting, int limit) {
    if (model != null) {
      ShortName.require("model", model);
    }
    String query =
        (waiting ? PipelineWorkflow.AWAITS_DECISION : "WorkflowType = 'PipelineWorkflow'")
            + (model == null ? "" : " AND ModelName = '" + model + "'");
    return Calls.call("the list of runs", () -> newest(client, query, limit));
  }

  private static List<RunSummary> newest(WorkflowClient client, String query, int limit) {
    for (Duration back : LOOKED_BACK) {
      List<RunSummary> found =
          sorted(client, query + " AND StartTime > '" + Instant.now().minus(back) + "'");
      if (found.size() >= limit) {
        return found.subList(0, limit);
      }
    }
    List<RunSummary> all = sorted(client, query);
    return all.subList(0, Math.min(limit, all.size()));
  }

  private static List<RunSummary> sorted(WorkflowClient client, String query) {
    return client
        .listExecutions(query)
        .map(RunSummary::of)
        .sorted(Comparator.comparing(RunSummary::started).reversed())
        .toList();
  }

  private static RunSummary of(WorkflowExecutionMetadata run) {
    String verdict = attribute(run, SearchAttributes.VERDICT);
    String state =
        run.getStatus()
            .name()
            .substring("WORKFLOW_EXECUTION_STATUS_".length())
            .replace("CANCELED", "CANCELLED");
    String startedBy = (String) run.getMemo("startedBy", String.class);
    return new RunSummary(
        run.getExecution().getWorkflowId(),
        attribute(run, SearchAttributes.PIPELINE_STAGE),
        verdict.isEmpty() ? state : verdict,
        attribute(run, SearchAttributes.ENDPOINT),
        run.getStartTime(),
        run.getCloseTime(),
        startedBy == null ? "" : startedBy);
  }

  private static String attribute(WorkflowExecutionMetadata run, SearchAttributeKey<String> key) {
    String value = run.getTypedSearchAttributes().get(key);
    return value == null ? "" : value;
  }
}
