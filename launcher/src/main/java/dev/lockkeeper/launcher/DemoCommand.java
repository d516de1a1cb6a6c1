package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.release.RegisteredPackages;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.formats.run.Stage;
import dev.lockkeeper.specification.PipelineFile;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.Connection;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.Decisions;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.LockkeeperCommand;
import dev.lockkeeper.starter.RunOnServer;
import dev.lockkeeper.starter.RunReport;
import dev.lockkeeper.store.ArtifactStores;
import dev.lockkeeper.store.ZoneAccess;
import dev.lockkeeper.workers.WorkerRoles;
import io.temporal.client.WorkflowNotFoundException;
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

  private static final int RELEASES = 2;
  private static final String MODEL = "taxi-tips";
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
    WorkerRoles.load().initialise(state);
    Path folder = Files.createDirectories(state.path().resolve("demo"));
    console.note("state folder " + state.path());
    TaxiTrips.write(folder.resolve("trips.csv"), SEED, TRIPS);
    console.note(TRIPS + " taxi trips in " + folder.resolve("trips.csv"));
    SshSigner approver = enrol(state, folder.resolve("approver_key"));
    try (LocalCluster cluster = LocalCluster.open(options.onFreePorts(), 0, state, console)) {
      console.note("gateway " + cluster.gateway());
      DemoSummary summary = play(cluster, state, folder, approver, began);
      report(cluster, state, summary);
      if (keep) {
        console.note("everything keeps running; Ctrl-C stops");
        StopSignal.await();
      }
      if (!cluster.server().ours()) {
        endWatch(cluster.server());
      }
      return summary.asMeant() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
  }

  private DemoSummary play(
      LocalCluster cluster, StateFolder state, Path folder, SshSigner approver, long began)
      throws IOException, InterruptedException {
    List<RunReport> runs = new ArrayList<>();
    LiveTraffic traffic = new LiveTraffic(cluster.gateway(), ENDPOINT);
    try (traffic;
        Connection connection =
            Connection.open(cluster.server().address(), cluster.tracing().openTelemetry())) {
      traffic.start(SEED + 1);
      int made = made(connection, state);
      for (int release = 1; release <= RELEASES; release++) {
        RunId run = new RunId(MODEL, String.valueOf(made + release));
        runs.add(RunReport.of(release(connection.run(run), folder, release, approver)));
        top.console().note("requests answered by version: " + traffic.answeredBy());
      }
      if (runs.stream().anyMatch(run -> run.verdict() == Verdict.PROMOTED)) {
        traffic.awaitAnswers(AFTERWARDS);
      }
    }
    if (!traffic.firstFailure().isEmpty()) {
      top.console().note("the first failed request: " + traffic.firstFailure());
    }
    return new DemoSummary(
        cluster.server().kind(),
        cluster.server().address().ui(),
        Math.round((System.nanoTime() - began) / 1e8) / 10.0,
        runs,
        new DemoSummary.Traffic(traffic.requests(), traffic.failed()));
  }

  /** How many versions there are already: a folder or a server may have seen a demo. */
  private static int made(Connection connection, StateFolder state) {
    RegisteredPackages packages =
        new RegisteredPackages(ArtifactStores.open(state.zones(), ZoneAccess.reading(Zone.MODELS)));
    int made = 0;
    for (int version = 1; version <= made + RELEASES; version++) {
      RunId run = new RunId(MODEL, String.valueOf(version));
      if (connection.run(run).exists() || packages.find(run).isPresent()) {
        made = version;
      }
    }
    return made;
  }

  private RunStatus release(RunOnServer run, Path folder, int release, SshSigner approver)
      throws IOException, InterruptedException {
    top.console().note("");
    top.console().note("release " + release + ": " + run.handle().id());
    Path pipeline = copy("release-" + release + ".yaml", folder);
    copy("contract.yaml", folder);
    PipelineSpecification specification = PipelineFile.read(pipeline, null).specification();
    Connection connection = run.connection();
    connection.call(
        () ->
            connection.client().start(specification, run.handle().id().version(), "demo-engineer"));
    RunStatus waiting = run.follow(top.console(), DemoCommand::waitsForApproval);
    if (waiting.verdict() != null) {
      return waiting;
    }
    approve(run, approver);
    return run.follow(top.console());
  }

  private static boolean waitsForApproval(RunStatus status) {
    return status.stages().stream()
        .anyMatch(s -> s.stage() == Stage.APPROVAL && s.state() == StageState.WAITING);
  }

  private static void approve(RunOnServer run, SshSigner approver) {
    DecisionReceipt receipt =
        run.decide(
            Decisions.sign(run, DecisionKind.APPROVE, APPROVER, "demo", approver), waiting -> {});
    if (!(receipt instanceof DecisionReceipt.Accepted)) {
      throw new CommandException(
          ExitCode.REFUSED, "the demo's approval does not count: " + receipt.message());
    }
  }

  /** The server stays, and the demo's endpoint does not. */
  private void endWatch(RunningServer server) {
    try (Connection connection = Connection.open(server.address())) {
      connection
          .client()
          .temporal()
          .newUntypedWorkflowStub(MonitoringWorkflow.workflowId(ENDPOINT))
          .terminate("the demo is over");
    } catch (WorkflowNotFoundException e) {
      top.console().note("nothing was promoted, so nothing is watched: " + e.getMessage());
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

  /** An address is printed only if somebody answers there when the demo is over. */
  private String lookAgain(RunningServer server, StateFolder state) {
    return keep || !server.ours() || server.memory()
        ? server.webUi()
        : "./lockkeeper dev --state " + LockkeeperCommand.quoted(state.path());
  }

  private void report(LocalCluster cluster, StateFolder state, DemoSummary summary) {
    Console console = top.console();
    console.note("");
    if (top.json()) {
      console.answerJson(summary);
    } else {
      new DemoText(console, state)
          .print(summary, lookAgain(cluster.server(), state), cluster.trace());
    }
    if (!summary.asMeant()) {
      console.note(
          "error: expected PROMOTED, then ROLLED_BACK, with no failed request; logs: "
              + state.logs());
    }
  }
}
