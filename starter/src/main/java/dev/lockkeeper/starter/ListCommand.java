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
    footer = {
      "",
      "Example:",
      "  ./lockkeeper list --model chicago-taxi-tips",
      "  ./lockkeeper list --waiting"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ListCommand implements Callable<Integer> {

  private static final String RUNNING = "RUNNING";

  @ParentCommand private LockkeeperCommand top;

  @Option(names = "--model", paramLabel = "MODEL", description = "Only runs of this model.")
  private @Nullable String model;

  @Option(names = "--waiting", description = "Only runs that wait for a decision.")
  private boolean waiting;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  /** One run as JSON for programs ({@code docs/cli.md}). */
  @JsonPropertyOrder({"runId", "stage", "verdict", "endpoint", "started", "ended", "startedBy"})
  record Row(
      String runId,
      String stage,
      String verdict,
      String endpoint,
      Instant started,
      @Nullable Instant ended,
      String startedBy) {

    static Row of(RunSummary run) {
      return new Row(
          run.runId(),
          run.stage(),
          run.verdict(),
          run.endpoint(),
          run.started(),
          run.ended(),
          run.startedBy());
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
    return connection
        .call(
            () ->
                waiting
                    ? connection.client().runsToDecide(model, limit)
                    : connection.client().runs(model, limit))
        .stream()
        .map(Row::of)
        .toList();
  }

  private void print(List<Row> rows) {
    if (rows.isEmpty()) {
      top.console().answer(none());
      return;
    }
    int width = rows.stream().mapToInt(row -> row.runId().length()).max().orElse(0);
    String format = "%-" + Math.max(width, "RUN".length()) + "s  %-13s %-10s %7s  %s";
    top.console().answer(String.format(format, "RUN", "STATE", "STARTED", "TOOK", "BY"));
    Instant now = Instant.now();
    for (Row row : rows) {
      top.console()
          .answer(
              String.format(
                      format,
                      row.runId(),
                      state(row),
                      TimeText.ago(row.started(), now),
                      TimeText.span(row.started(), row.ended() == null ? now : row.ended()),
                      row.startedBy())
                  .stripTrailing());
    }
  }

  private static String state(Row row) {
    if (!row.verdict().equals(RUNNING)) {
      return row.verdict();
    }
    return row.stage().isEmpty() ? "starting" : "at " + row.stage();
  }

  private String none() {
    String of = model == null ? "" : " of model '" + model + "'";
    return waiting
        ? "no run" + of + " waits for a decision"
        : "no runs" + of + " yet; start one with ./lockkeeper run PIPELINE.yaml";
  }
}
