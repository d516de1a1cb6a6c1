package dev.lockkeeper.client;

import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.run.ShortName;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import java.time.Instant;
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
 */
public record RunSummary(
    String runId, String stage, String verdict, String endpoint, Instant started) {

  static List<RunSummary> list(WorkflowClient client, @Nullable String model, int limit) {
    if (model != null) {
      ShortName.require("model", model);
    }
    String query =
        "WorkflowType = 'PipelineWorkflow'"
            + (model == null ? "" : " AND ModelName = '" + model + "'");
    return Calls.call(
        "the list of runs",
        () -> client.listExecutions(query).limit(limit).map(RunSummary::of).toList());
  }

  private static RunSummary of(WorkflowExecutionMetadata run) {
    String verdict = attribute(run, SearchAttributes.VERDICT);
    String state =
        run.getStatus()
            .name()
            .substring("WORKFLOW_EXECUTION_STATUS_".length())
            .replace("CANCELED", "CANCELLED");
    return new RunSummary(
        run.getExecution().getWorkflowId(),
        attribute(run, SearchAttributes.PIPELINE_STAGE),
        verdict.isEmpty() ? state : verdict,
        attribute(run, SearchAttributes.ENDPOINT),
        run.getStartTime());
  }

  private static String attribute(WorkflowExecutionMetadata run, SearchAttributeKey<String> key) {
    String value = run.getTypedSearchAttributes().get(key);
    return value == null ? "" : value;
  }
}
