package dev.lockkeeper.starter;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.run.ShortName;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists runs. */
@Command(
    name = "list",
    description = "Lists runs, newest first.",
    footer = {"", "Example:", "  ./lockkeeper list --model chicago-taxi-tips"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ListCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Option(names = "--model", paramLabel = "MODEL", description = "Only runs of this model.")
  private @Nullable String model;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  /** One run as the server's search knows it. */
  @JsonPropertyOrder({"runId", "stage", "verdict", "endpoint", "started"})
  record Row(String runId, String stage, String verdict, String endpoint, Instant started) {}

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CommandException(ExitCode.USAGE, "--limit " + limit + ": expected 1 or more");
    }
    try (Connection connection = Connection.open(top)) {
      if (connection.server().memory()) {
        throw new CommandException(
            ExitCode.CONFLICT,
            "the in-memory server cannot list runs; ask for one with 'status RUN', or install the"
                + " real server: "
                + TemporalExecutable.howToGet());
      }
      List<Row> rows = connection.call("the list of runs", () -> rows(connection));
      if (top.json()) {
        top.console().answerJson(rows);
      } else {
        print(rows);
      }
      return ExitCode.OK.code();
    }
  }

  private List<Row> rows(Connection connection) {
    if (model != null && !ShortName.fits(model)) {
      throw new CommandException(
          ExitCode.USAGE, "model '" + model + "': expected " + ShortName.FORM);
    }
    String query =
        "WorkflowType = 'PipelineWorkflow'"
            + (model == null ? "" : " AND ModelName = '" + model + "'");
    return connection.client().listExecutions(query).limit(limit).map(ListCommand::row).toList();
  }

  private static Row row(WorkflowExecutionMetadata run) {
    String verdict = attribute(run, SearchAttributes.VERDICT);
    String state =
        run.getStatus()
            .name()
            .substring("WORKFLOW_EXECUTION_STATUS_".length())
            .replace("CANCELED", "CANCELLED");
    return new Row(
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

  private void print(List<Row> rows) {
    if (rows.isEmpty()) {
      top.console().answer("no runs yet; start one with ./lockkeeper run PIPELINE.yaml");
      return;
    }
    String format = "%-40s %-12s %-12s %-24s %s";
    top.console().answer(String.format(format, "RUN", "VERDICT", "STAGE", "ENDPOINT", "STARTED"));
    for (Row row : rows) {
      top.console()
          .answer(
              String.format(
                  format,
                  row.runId(),
                  row.verdict(),
                  row.stage(),
                  row.endpoint(),
                  row.started().toString()));
    }
  }
}
