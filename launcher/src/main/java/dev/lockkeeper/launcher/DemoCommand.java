package dev.lockkeeper.launcher;

import dev.lockkeeper.contracts.approval.DecisionDocument;
import dev.lockkeeper.contracts.approval.DecisionKind;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.contracts.run.RunId;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.Stage;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.custody.ssh.SshSigner;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.Connection;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.Decisions;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.LockkeeperCommand;
import dev.lockkeeper.starter.PipelineStart;
import dev.lockkeeper.starter.RunFollower;
import dev.lockkeeper.starter.RunReport;
import dev.lockkeeper.starter.Runs;
import dev.lockkeeper.starter.pipeline.PipelineFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The demonstration; {@code docs/demo.md} says what happens and why. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "demo",
    description =
        "Brings one release to production, and has a harmful one taken back, under live traffic.",
    footer = {"", "Example:", "  ./lockkeeper demo --output json"})
final class DemoCommand implements Callable<Integer> {

  private static final long SEED = 20_260_105;
  private static final int TRIPS = 20_000;

  /** Requests after the rollback, which show that it harmed nobody. */
  private static final int AFTERWARDS = 80;

  private static final String ENDPOINT = "taxi-tips";
  private static final String APPROVER = "alice";
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @ParentCommand private LockkeeperCommand top;
  @Mixin private ServerOptions options;

  @Option(
      names = "--keep",
      description = "When it is over, keep everything running until Ctrl-C, to look around.")
  private boolean keep;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    long began = System.nanoTime();
    Console console = top.console();
    StateFolder state =
        top.stateGiven()
            ? top.state()
            : new StateFolder(
                top.state().path().resolve("demo-" + FOLDER.format(Clock.systemUTC().instant())));
    state.initialise();
    Path folder = Files.createDirectories(state.path().resolve("demo"));
    console.note("state folder " + state.path());
    TaxiTrips.write(folder.resolve("trips.csv"), SEED, TRIPS);
    console.note(TRIPS + " taxi trips in " + folder.resolve("trips.csv"));
    SshSigner approver = enrol(state, folder.resolve("approver_key"));
    try (House house = House.open(options.onFreePorts(), 0, state, console)) {
      console.note("gateway " + house.gateway());
      DemoSummary summary = play(house, folder, approver, began);
      report(house, state, summary);
      if (keep) {
        console.note("everything keeps running; Ctrl-C stops");
        StopSignal.await();
      }
      return summary.asMeant() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
  }

  private DemoSummary play(House house, Path folder, SshSigner approver, long began)
      throws IOException, InterruptedException {
    List<RunReport> runs = new ArrayList<>();
    LiveTraffic traffic = new LiveTraffic(house.gateway(), ENDPOINT);
    try (traffic;
        Connection connection =
            Connection.open(
                house.server().address(),
                PipelineStart.interceptor(house.tracing().openTelemetry()))) {
      Decisions decisions = new Decisions(connection, house.tracing().openTelemetry());
      traffic.start(SEED + 1);
      for (String version : new String[] {"1", "2"}) {
        runs.add(RunReport.of(release(house, decisions, folder, version, approver)));
        top.console().note("requests answered by version: " + traffic.answeredBy());
      }
      traffic.awaitAnswers(AFTERWARDS);
    }
    if (!traffic.firstFailure().isEmpty()) {
      top.console().note("the first failed request: " + traffic.firstFailure());
    }
    return new DemoSummary(
        house.server().kind(),
        house.server().address().ui(),
        Math.round((System.nanoTime() - began) / 1e8) / 10.0,
        runs,
        new DemoSummary.Traffic(traffic.requests(), traffic.failed()));
  }

  private RunStatus release(
      House house, Decisions decisions, Path folder, String version, SshSigner approver)
      throws IOException, InterruptedException {
    top.console().note("");
    top.console().note("release " + version);
    Path pipeline = copy("release-" + version + ".yaml", folder);
    copy("contract.yaml", folder);
    PipelineSpecification specification = PipelineFile.read(pipeline, null);
    RunId run =
        new PipelineStart(house.server().address(), house.tracing().openTelemetry())
            .start(specification, version, "demo-engineer");
    RunFollower follower = new RunFollower(new Runs(decisions.connection()), run, top.console());
    RunStatus waiting = follower.until(DemoCommand::waitsForApproval);
    if (waiting.verdict() != null) {
      return waiting;
    }
    approve(decisions, run, approver);
    return follower.untilEnd();
  }

  private static boolean waitsForApproval(RunStatus status) {
    return status.stages().stream()
        .anyMatch(s -> s.stage() == Stage.APPROVAL && s.state() == StageState.WAITING);
  }

  private static void approve(Decisions decisions, RunId run, SshSigner approver) {
    DecisionReceipt receipt =
        decisions.send(run, decisions.sign(run, DecisionKind.APPROVE, APPROVER, "demo", approver));
    if (receipt.decision() == null) {
      throw new CommandException(
          ExitCode.REFUSED, "the demo's approval does not count: " + receipt.message());
    }
  }

  private static SshSigner enrol(StateFolder state, Path key) throws IOException {
    if (!Files.exists(key)) {
      String line = SshSigner.generate(key, APPROVER);
      Files.writeString(
          state.allowedSigners(),
          APPROVER + " namespaces=\"" + DecisionDocument.SIGNATURE_NAMESPACE + "\" " + line + "\n",
          StandardOpenOption.APPEND);
    }
    return SshSigner.load(key);
  }

  private static Path copy(String resource, Path folder) throws IOException {
    Path file = folder.resolve(resource);
    try (InputStream in = DemoCommand.class.getResourceAsStream("demo/" + resource)) {
      if (in == null) {
        throw new IOException("the program lacks its resource demo/" + resource);
      }
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private void report(House house, StateFolder state, DemoSummary summary) {
    Console console = top.console();
    console.note("");
    if (top.json()) {
      console.answerJson(summary);
    } else {
      new DemoText(console, state).print(summary, house.trace());
    }
    if (!summary.asMeant()) {
      console.note(
          "error: expected PROMOTED, then ROLLED_BACK, with no failed request; logs: "
              + state.logs());
    }
  }
}
