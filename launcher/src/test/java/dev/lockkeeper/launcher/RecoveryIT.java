package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.starter.Connection;
import dev.lockkeeper.starter.DevFile;
import dev.lockkeeper.workers.WorkerRoles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Server, worker and gateway as processes of their own, of which one is killed or stopped at a
 * time: what people see meanwhile, and that everything goes on once it is back.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Needs.Part.TEMPORAL)
class RecoveryIT {

  /** What a person waits for an answer at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static StateFolder state;
  private static RunningServer server;
  private static Program worker;
  private static Program gateway;
  private static URI address;
  private static Terminal terminal;
  private static Path pipeline;

  @BeforeAll
  static void open() throws Exception {
    state = WorkerRoles.load().initialise(new StateFolder(folder.resolve("state")));
    terminal = new Terminal(state, none -> new Untraced());
    TaxiTrips.write(folder.resolve("trips.csv"), 5, 4_000);
    DemoFiles.copy("contract.yaml", folder, text -> text);
    pipeline = DemoFiles.copy("release-1.yaml", folder, text -> DemoFiles.soon(text, 6));
    address = URI.create("http://127.0.0.1:" + Ports.require(0, "", "the gateway"));
    startServer(0);
    startGateway();
    worker =
        Program.start(
            folder,
            Map.of("TEMPORAL_ADDRESS", server.address().options().getTarget()),
            "worker",
            "--role",
            "all",
            "--gateway",
            address.toString(),
            "--metrics-port",
            "0",
            "--state",
            state.path().toString());
    worker.await("Ctrl-C stops");
  }

  @AfterAll
  static void close() {
    if (worker != null) {
      worker.close();
      gateway.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  @Order(1)
  void runWithoutApprovers_saysHowToEnrolOneAndGoesOnByItself() throws Exception {
    start("1");
    JsonNode approval =
        Terminal.stage(
            terminal.await(
                "taxi-tips@1", run -> Terminal.stage(run, "approval").path("attempts").asInt() > 1),
            "approval");
    assertTrue(
        approval
            .path("message")
            .asText()
            .startsWith(
                "trying again after APPROVERS_MISSING: the quorum is 1 but only 0 people other than"
                    + " 'engineer' may approve []: enrol another approver with a line in"),
        approval.toString());
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"lockkeeper-approval@v1\" "
            + SshSigner.generate(folder.resolve("alice"), "alice")
            + "\n",
        StandardOpenOption.APPEND);
    assertWaits("taxi-tips@1");
  }

  @Test
  @Order(2)
  void gatewayKilledInACanary_isWaitedForVisiblyAndTheCanaryGoesOn() throws Exception {
    Terminal.Answer approved =
        terminal.type(
            "approve", "taxi-tips@1", "--key", folder.resolve("alice").toString(), "--as", "alice");
    assertEquals(0, approved.exitCode(), approved.err());
    awaitServing();

    gateway.kill();
    JsonNode deployment =
        Terminal.stage(
            terminal.await(
                "taxi-tips@1",
                run -> Terminal.stage(run, "deployment").path("attempts").asInt() > 1),
            "deployment");
    startGateway();

    assertEquals("RUNNING", deployment.path("state").asText(), deployment.toString());
    assertTrue(
        deployment
            .path("message")
            .asText()
            .startsWith(
                "trying again after GATEWAY_UNAVAILABLE: the gateway at "
                    + address
                    + " does not answer"),
        deployment.toString());
    JsonNode end = terminal.awaitEnd("taxi-tips@1");
    assertEquals("PROMOTED", end.path("verdict").asText(), end.toString());
    assertEquals(200, ready());
  }

  @Test
  @Order(3)
  void serverThatStandsStill_isAnErrorInTimeAndWorkGoesOnAfterwards() throws Exception {
    assertEquals(200, workerReady());
    signal("STOP");
    try {
      assertEquals(503, workerReady());
      assertUnreachable("status", "taxi-tips@1");
      assertUnreachable("run", pipeline.toString(), "--version", "2");
    } finally {
      signal("CONT");
    }
    assertEquals(0, terminal.type("status", "taxi-tips@1").exitCode());
    assertEquals(200, workerReady());
    start("2");
    assertWaits("taxi-tips@2");
  }

  /** The server in memory does not tell a parent that its child was terminated. */
  @Test
  @Order(4)
  void canaryThatIsTerminated_isTakenBackByItsRun() throws Exception {
    Terminal.Answer approved =
        terminal.type(
            "approve", "taxi-tips@2", "--key", folder.resolve("alice").toString(), "--as", "alice");
    assertEquals(0, approved.exitCode(), approved.err());
    Await.until(RecoveryIT::served, state -> !state.path("candidate").isNull());
    try (Connection connection = Connection.open(server.address())) {
      connection
          .client()
          .temporal()
          .newUntypedWorkflowStub("canary/taxi-tips")
          .terminate("a drill");
    }

    JsonNode end = terminal.awaitEnd("taxi-tips@2");

    assertEquals("FAILED", end.path("verdict").asText(), end.toString());
    assertEquals(
        "TERMINATED: canary/taxi-tips was terminated by hand; a candidate with traffic was taken"
            + " back",
        end.path("message").asText());
    assertTrue(served().path("candidate").isNull(), served().toString());
    assertEquals("1", served().path("stable").path("version").asText());
  }

  @Test
  @Order(4)
  void runThatIsTerminated_showsHowFarItCame() throws Exception {
    start("ended");
    assertWaits("taxi-tips@ended");
    try (Connection connection = Connection.open(server.address())) {
      connection.client().temporal().newUntypedWorkflowStub("taxi-tips@ended").terminate("a drill");
    }
    JsonNode run = terminal.status("taxi-tips@ended");
    assertEquals("CANCELLED", run.path("verdict").asText(), run.toString());
    assertEquals("taxi-tips", run.path("endpoint").asText());
    assertEquals(
        List.of("DONE", "DONE", "DONE", "DONE", "DONE", "FAILED", "PENDING"),
        run.path("stages").findValuesAsText("state"));
    assertTrue(Terminal.stage(run, "training").path("seconds").asDouble() > 0, run.toString());
    assertEquals("terminated", Terminal.stage(run, "approval").path("message").asText());
  }

  @Test
  @Order(5)
  void serverThatEnded_isAnErrorInTimeAndWorkersAndFollowersFindItAgain() throws Exception {
    int port = URI.create("tcp://" + server.address().options().getTarget()).getPort();
    try (Program follow = follow("3")) {
      follow.await("approval +waiting");
      signal("KILL");
      ProcessHandle.of(server.pid()).ifPresent(process -> process.onExit().join());
      follow.await("no answer, trying again: run taxi-tips@3: ");
      assertUnreachable("list");

      server.close();
      startServer(port);
      awaitAnswer("taxi-tips@3", "approval    waiting");
      Terminal.Answer rejected =
          terminal.type(
              "reject",
              "taxi-tips@3",
              "--key",
              folder.resolve("alice").toString(),
              "--as",
              "alice",
              "--reason",
              "drill");
      assertEquals(0, rejected.exitCode(), rejected.err());
      assertEquals(3, follow.exitCode(), follow.said());
      assertTrue(follow.said().contains("rejected by alice: drill"), follow.said());
      OneError.assertNoInsides(follow.said());
    }
  }

  @Test
  @Order(6)
  void devWhoseServerEnded_saysSoAndGoesOnWhenStartedAgain() throws Exception {
    StateFolder other = new StateFolder(folder.resolve("other"));
    try (Program dev = Program.dev(folder, other.path(), TestExecutable.require())) {
      long pid = DevFile.read(other).orElseThrow().serverPid();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      OneError.of(dev, 5, "the Temporal server (process " + pid + ") has ended; ");
      assertFalse(Files.exists(other.devFile()));
    }
    try (Program again = Program.dev(folder, other.path(), TestExecutable.require())) {
      Terminal.Answer list = new Terminal(other, none -> new Untraced()).type("list");
      assertEquals(0, list.exitCode(), list.err());
      assertTrue(list.out().startsWith("no runs yet"), list.out());
    }
  }

  @Test
  @Order(6)
  void workerWithoutServer_isAnErrorInTime() throws Exception {
    int nobody = Ports.require(0, "", "nobody");
    try (Program alone =
        Program.start(
            folder,
            Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + nobody),
            "worker",
            "--role",
            "pipeline",
            "--metrics-port",
            "0",
            "--state",
            state.path().toString())) {
      OneError.of(alone, 5, "error: Temporal server 127.0.0.1:" + nobody, "does not answer within");
    }
  }

  private static void start(String version) {
    Terminal.Answer run =
        terminal.type("run", pipeline.toString(), "--version", version, "--as", "engineer");
    assertEquals(0, run.exitCode(), run.err());
  }

  private static Program follow(String version) throws IOException {
    return Program.start(
        folder,
        Map.of(),
        "run",
        pipeline.toString(),
        "--version",
        version,
        "--follow",
        "--state",
        state.path().toString());
  }

  private static void assertWaits(String run) {
    JsonNode status = terminal.await(run, "approval", "WAITING");
    assertTrue(status.path("verdict").isNull(), status.toString());
  }

  private static void assertUnreachable(String... command) {
    long began = System.nanoTime();
    Terminal.Answer answer = terminal.type(command);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertEquals(5, answer.exitCode(), answer.out() + answer.err());
    assertEquals("", answer.out());
    OneError.in(answer.err());
    assertTrue(answer.err().contains("does not answer within"), answer.err());
    assertTrue(took.compareTo(PATIENCE) < 0, took.toString());
  }

  /** Until the worker is back a command says that it is away, and nothing else. */
  private static void awaitAnswer(String run, String answer) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Terminal.Answer status = terminal.type("status", run);
    while (status.exitCode() != 0) {
      assertEquals(5, status.exitCode(), status.err());
      assertTrue(System.nanoTime() < deadline, status.err());
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      status = terminal.type("status", run);
    }
    assertTrue(status.out().contains(answer), status.out());
  }

  private static void startServer(int port) throws Exception {
    ServerOptions options = new ServerOptions().onFreePorts();
    options.port = port;
    options.executable = TestExecutable.require();
    options.server = "dev";
    server = new ServerChoice(options, state, Terminal.quiet()).start();
    new DevFile(
            server.address().options().getTarget(),
            "default",
            "dev",
            "",
            address.toString(),
            ProcessHandle.current().pid(),
            server.pid())
        .write(state);
  }

  private static void startGateway() throws IOException {
    gateway =
        Program.start(
            folder,
            Map.of(),
            "gateway",
            "--port",
            String.valueOf(address.getPort()),
            "--state",
            state.path().toString());
    gateway.await("Ctrl-C stops");
  }

  private static void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid())).inheritIO().start();
    assertEquals(0, kill.waitFor());
  }

  private static void awaitServing() throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (ready() != 200) {
      assertTrue(System.nanoTime() < deadline, "taxi-tips serves nothing");
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static int ready() throws IOException, InterruptedException {
    return status(address.resolve("/v2/models/taxi-tips/ready"));
  }

  private static JsonNode served() {
    try {
      URI page = address.resolve("/lockkeeper/v1/endpoints/taxi-tips/state");
      return Json.read(
          HTTP.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofByteArray())
              .body(),
          JsonNode.class);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("the gateway does not say what it serves", e);
    }
  }

  private static int workerReady() throws IOException, InterruptedException {
    return status(URI.create(worker.await("(http://\\S+)/metrics") + "/health/ready"));
  }

  private static int status(URI page) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
