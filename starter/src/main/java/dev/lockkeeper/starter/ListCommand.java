package dev.lockkeeper.starter;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.lockkeeper.client.RunSummary;
import dev.lockkeeper.formats.run.ShortName;
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

  /** One run as JSON for programs ({@code docs/cli.md}). */
  @JsonPropertyOrder({"runId", "stage", "verdict", "endpoint", "started"})
  record Row(String runId, String stage, String verdict, String endpoint, Instant started) {

    static Row of(RunSummary run) {
      return new Row(run.runId(), run.stage(), run.verdict(), run.endpoint(), run.started());
    }
  }

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
      List<Row> rows = rows(connection);
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
    return connection.call(() -> connection.client().runs(model, limit)).stream()
        .map(Row::of)
        .toList();
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
