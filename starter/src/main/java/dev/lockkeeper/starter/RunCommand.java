package dev.lockkeeper.starter;

import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.formats.run.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Starts a run. */
@Command(
    name = "run",
    description = "Starts a pipeline run, after checking its file, expressions and data file.",
    footer = {
      "",
      "Example:",
      "  ./lockkeeper run examples/chicago-taxi/pipeline.yaml --data trips.csv \\",
      "    --version 1 --follow"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Parameters(paramLabel = "PIPELINE.yaml", description = "The pipeline (docs/pipelines.md).")
  private Path pipeline;

  @Option(names = "--data", paramLabel = "FILE", description = "The data file to take in.")
  private @Nullable Path data;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The version to make (default: the time in UTC as yyyyMMdd-HHmmss).")
  private @Nullable String version;

  @Option(
      names = "--as",
      paramLabel = "PRINCIPAL",
      description = "Who starts it (default: LOCKKEEPER_USER, else your user name).")
  private @Nullable String principal;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, for those who review it.")
  private String reason;

  @Option(names = "--follow", description = "Show progress until the run has ended.")
  private boolean follow;

  @Option(
      names = "--until",
      paramLabel = "STAGE",
      description = "With --follow, only until this stage has begun, for example 'approval'.")
  private @Nullable String until;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PipelineSpecification specification = CheckedPipeline.read(pipeline, data, top.check(), true);
    String made = version == null ? now() : version;
    requireValid(specification.name(), made);
    requireStage();
    requireShort();
    ServerAddress server = ServerAddress.find(top.state());
    top.console().note("using " + server.choice());
    RunId run;
    try (Telemetry.Session tracing = top.telemetry().start(top.state())) {
      run = start(server, tracing, specification, made);
    }
    try (Connection connection = Connection.open(server)) {
      return follow ? followed(connection, run) : started(connection, run);
    }
  }

  private static String now() {
    return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
        .withZone(ZoneOffset.UTC)
        .format(Clock.systemUTC().instant());
  }

  private RunId start(
      ServerAddress server,
      Telemetry.Session tracing,
      PipelineSpecification specification,
      String made) {
    try (Connection connection = Connection.open(server, tracing.openTelemetry())) {
      return connection.call(
          () ->
              connection.client().start(specification, made, Principal.of(principal), reason).id());
    }
  }

  private int started(Connection connection, RunId run) {
    if (top.json()) {
      top.console().answerJson(RunReport.of(connection.run(run).status()));
    } else {
      top.console().answer("started " + run);
      if (!connection.server().ui().isEmpty()) {
        top.console().answer("Web UI: " + WebUi.run(connection.server(), run));
      }
      top.console().answer("next: ./lockkeeper status " + run + top.stateOption());
    }
    return ExitCode.OK.code();
  }

  private int followed(Connection connection, RunId run) throws InterruptedException {
    top.console().note("run " + run + "; Ctrl-C stops watching, not the run");
    RunStatus end = connection.run(run).follow(top.console(), this::reached);
    if (top.json()) {
      top.console().answerJson(RunReport.of(end));
    } else {
      RunTable.whole(end, top.state()).forEach(top.console()::answer);
    }
    return ExitCode.of(end.verdict()).code();
  }

  private void requireShort() {
    if (reason.length() > PipelineInput.LONGEST_REASON) {
      throw new CommandException(
          ExitCode.USAGE,
          "--reason: expected at most "
              + PipelineInput.LONGEST_REASON
              + " characters, got "
              + reason.length());
    }
  }

  private void requireStage() {
    boolean known = stages().anyMatch(stage -> stage.equals(until));
    if (until != null && (!known || !follow)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--until "
              + until
              + ": expected, with --follow, one of "
              + stages().collect(Collectors.joining(", ")));
    }
  }

  private static Stream<String> stages() {
    return Arrays.stream(Stage.values()).map(Stage::label);
  }

  private boolean reached(RunStatus status) {
    return status.stages().stream()
        .anyMatch(
            stage -> stage.stage().label().equals(until) && stage.state() != StageState.PENDING);
  }

  private static void requireValid(String model, String version) {
    try {
      new RunId(model, version);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }
}
