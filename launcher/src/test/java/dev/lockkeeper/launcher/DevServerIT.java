package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.monitoring.MonitoringStatus;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.specification.PipelineFile;
import dev.lockkeeper.starter.Connection;
import dev.lockkeeper.starter.Decisions;
import dev.lockkeeper.starter.RunOnServer;
import dev.lockkeeper.workers.WorkerRoles;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system on a real Temporal dev server, worked with through the command line alone, in
 * the order of a release.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Needs(Needs.Part.TEMPORAL)
class DevServerIT {

  @TempDir static Path folder;
  private static StateFolder state;
  private static LocalCluster cluster;
  private static Path pipeline;
  private static Terminal terminal;

  @BeforeAll
  static void open() throws Exception {
    ServerOptions options = new ServerOptions().onFreePorts();
    options.executable = TestExecutable.require();
    options.server = "dev";
    state = WorkerRoles.load().initialise(new StateFolder(folder.resolve("state")));
    TaxiTrips.write(folder.resolve("trips.csv"), 5, 4_000);
    DemoFiles.copy("contract.yaml", folder, text -> text);
    pipeline =
        DemoFiles.copy(
            "release-1.yaml", folder, text -> DemoFiles.watched(DemoFiles.soon(text, 1), 400));
    String alice = SshSigner.generate(folder.resolve("alice"), "alice");
    SshSigner.generate(folder.resolve("mallory"), "mallory");
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"" + DecisionDocument.SIGNATURE_NAMESPACE + "\" " + alice + "\n",
        StandardOpenOption.APPEND);
    cluster = LocalCluster.open(options, 0, state, Terminal.quiet());
    terminal = new Terminal(state, folder -> new SharedTracing(cluster.tracing().openTelemetry()));
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void run_waitsForApproval() {
    Terminal.Answer started =
        terminal.type("run", pipeline.toString(), "--version", "1", "--as", "engineer");
    assertEquals(0, started.exitCode(), started.err());
    terminal.await("taxi-tips@1", "approval", "WAITING");
    assertTrue(terminal.type("list", "--waiting").out().contains("taxi-tips@1  at approval"));
  }

  @Test
  @Order(2)
  void foreignKey_changesNothingAndIsRecorded() {
    Terminal.Answer refused =
        terminal.type(
            "approve",
            "taxi-tips@1",
            "--key",
            folder.resolve("mallory").toString(),
            "--as",
            "alice");
    assertFalse(refused.exitCode() == 0, refused.out());
    assertEquals(
        "WAITING",
        Terminal.stage(terminal.status("taxi-tips@1"), "approval").path("state").asText());
    Terminal.Answer review = terminal.type("review", "taxi-tips@1");
    assertTrue(review.out().contains("is not enrolled for 'alice'"), review.out() + review.err());
  }

  @Test
  @Order(3)
  void approvedRun_isPromotedWithEvidenceForEveryStage() throws Exception {
    Terminal.Answer approved =
        terminal.type(
            "approve", "taxi-tips@1", "--key", folder.resolve("alice").toString(), "--as", "alice");
    assertEquals(0, approved.exitCode(), approved.out() + approved.err());
    JsonNode run = terminal.awaitEnd("taxi-tips@1");
    assertEquals("PROMOTED", run.path("verdict").asText(), run.toString());
    assertEquals(7, run.path("stages").size());
    for (JsonNode stage : run.path("stages")) {
      assertTrue(
          stage.path("statement").asText().startsWith("lockkeeper://evidence/sha256/"),
          stage.toString());
      assertEquals(1, stage.path("attempts").asInt(), stage.toString());
    }
    double auc = run.path("metrics").path("auc").path("value").asDouble();
    assertTrue(
        auc > run.path("metrics").path("auc").path("low").asDouble() && auc > 0.75, run.toString());
    assertEquals(32, run.path("traceId").asText().length());
    String page =
        terminal
            .type("status", "taxi-tips@1")
            .out()
            .replaceAll("(?s).*report \\(text/html[^)]*\\): (\\S+\\.html)\\n.*", "$1");
    assertTrue(Files.readString(Path.of(page)).startsWith("<!doctype html>"), page);
  }

  @Test
  @Order(4)
  void gateway_answersWithLineage() throws Exception {
    String body =
        """
        {"inputs":[{"name":"fare","shape":[1],"datatype":"FP64","data":[12.5]},
        {"name":"trip_miles","shape":[1],"datatype":"FP64","data":[2.5]},
        {"name":"trip_seconds","shape":[1],"datatype":"INT64","data":[600]},
        {"name":"payment_type","shape":[1],"datatype":"BYTES","data":["Mobile"]},
        {"name":"pickup_area","shape":[1],"datatype":"INT64","data":[8]},
        {"name":"pickup_time","shape":[1],"datatype":"BYTES","data":["2026-03-04 09:15:00"]}]}
        """;
    JsonNode answer = gateway().post("/v2/models/taxi-tips/infer", body, 200);
    double probability = answer.path("outputs").path(0).path("data").path(0).asDouble();
    assertTrue(probability > 0 && probability < 1, answer.toString());
    assertEquals("1", answer.path("model_version").asText());
    assertEquals(64, answer.path("parameters").path("package_root").asText().length());
    JsonNode refused =
        gateway().post("/v2/models/taxi-tips/infer", body.replace("\"fare\"", "\"fair\""), 400);
    assertTrue(
        refused.path("error").asText().contains("'fair' is not an input"), refused.toString());
    gateway().post("/v2/models/taxi-tips/infer", "{", 400);
  }

  @Test
  @Order(5)
  void verify_namesEveryCheck() {
    Terminal.Answer verified = terminal.type("verify", "taxi-tips@1");
    assertEquals(0, verified.exitCode(), verified.err());
    assertTrue(
        verified.out().contains("approved for endpoint 'taxi-tips' by alice"), verified.out());
  }

  @Test
  @Order(5)
  void verify_refusesAReleaseWhoseManifestSomebodyChanged() throws Exception {
    StateFolder copy = StoredReleases.copyWithAnotherTime(state, folder.resolve("copy"));

    Terminal.Answer verified =
        new Terminal(copy, none -> new SharedTracing(cluster.tracing().openTelemetry()))
            .type("verify", "taxi-tips@1");
    assertEquals(9, verified.exitCode(), verified.out() + verified.err());
    assertTrue(verified.err().contains("does NOT verify: serving manifest"), verified.err());
  }

  @Test
  @Order(5)
  void liveTrafficThatMoved_raisesAnAlertThatNamesTheFeature() throws Exception {
    gateway().postAll("/v2/models/taxi-tips/infer", TaxiRequests.each(400, 1.0));
    MonitoringStatus calm = awaitWindows(1);
    assertEquals(List.of(), calm.latest());
    gateway().postAll("/v2/models/taxi-tips/infer", TaxiRequests.each(400, 3.0));
    MonitoringStatus moved = awaitWindows(2);
    DriftAlert fare =
        moved.latest().stream()
            .filter(alert -> alert.subject().equals("log_fare"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(moved.toString()));
    assertTrue(fare.value() > fare.threshold() && fare.value() > fare.critical(), fare.message());
    assertTrue(fare.rows() >= 400, fare.message());
    assertTrue(fare.message().startsWith("log_fare moved: PSI "), fare.message());
    assertTrue(
        moved.latest().stream().noneMatch(alert -> alert.subject().equals("weekend")),
        moved.toString());
    try (Stream<Path> alerts = Files.walk(state.store().resolve("evidence"))) {
      assertTrue(alerts.anyMatch(file -> file.toString().contains("/alerts/taxi-tips/")));
    }
    Await.until(
        DevServerIT::metrics,
        Pattern.compile("lockkeeper_drift_alerts_total\\{[^}]*endpoint=\"taxi-tips\"")
            .asPredicate()
            .and(
                Pattern.compile("lockkeeper_drift_index\\{[^}]*subject=\"log_fare\"")
                    .asPredicate()));
  }

  private static String metrics() {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(cluster.metrics()).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("no metrics", e);
    }
  }

  private static MonitoringStatus awaitWindows(long windows) throws Exception {
    try (Connection connection = Connection.open(cluster.server().address())) {
      MonitoringWorkflow watch =
          connection
              .client()
              .temporal()
              .newWorkflowStub(
                  MonitoringWorkflow.class, MonitoringWorkflow.workflowId("taxi-tips"));
      return Await.until(watch::status, status -> status.windows() >= windows);
    }
  }

  @Test
  @Order(6)
  void everyAnswer_isJsonAloneIfAskedFor() {
    assertEquals("taxi-tips@1", terminal.json("status", "taxi-tips@1").path("runId").asText());
    assertEquals("taxi-tips@1", terminal.json("list").path(0).path("runId").asText());
    assertEquals("1", terminal.json("endpoints").path(0).path("version").asText());
    assertTrue(terminal.json("status", "taxi-tips").path("watch").path("windows").asLong() > 0);
    assertEquals(
        "PASSED",
        terminal.json("review", "taxi-tips@1").path("gates").path(0).path("outcome").asText());
    assertTrue(terminal.json("verify", "taxi-tips@1").path("verified").asBoolean());
    assertEquals("taxi-tips", terminal.json("validate", pipeline.toString()).path("name").asText());
  }

  @Test
  @Order(6)
  void brokenContract_isRejectedWithItsReason() throws Exception {
    Path broken = folder.resolve("broken.csv");
    Files.writeString(
        broken, Files.readString(folder.resolve("trips.csv")).replaceFirst(",Cash,", ",Barter,"));
    Terminal.Answer run =
        terminal.type(
            "run",
            pipeline.toString(),
            "--data",
            broken.toString(),
            "--version",
            "bad",
            "--follow");
    assertEquals(3, run.exitCode(), run.err());
    assertTrue((run.out() + run.err()).contains("payment_type"), run.out() + run.err());
    assertTrue((run.out() + run.err()).contains("'Barter'"), run.out() + run.err());
  }

  @Test
  @Order(7)
  void rollback_restoresTheReleaseBefore() throws Exception {
    JsonNode started =
        terminal.json("run", pipeline.toString(), "--version", "2", "--as", "engineer");
    assertEquals("taxi-tips@2", started.path("runId").asText());
    terminal.await("taxi-tips@2", "approval", "WAITING");
    JsonNode receipt =
        terminal.json(
            "approve", "taxi-tips@2", "--key", folder.resolve("alice").toString(), "--as", "alice");
    assertEquals("alice", receipt.path("decision").path("approver").asText());
    assertEquals("PROMOTED", terminal.awaitEnd("taxi-tips@2").path("verdict").asText());
    JsonNode rolledBack = terminal.json("rollback", "taxi-tips", "--reason", "drill");
    assertTrue(
        rolledBack
            .path("message")
            .asText()
            .startsWith("taxi-tips went from version 2 to version 1: drill"),
        rolledBack.toString());
    JsonNode serving = gateway().get("/lockkeeper/v1/endpoints/taxi-tips/state");
    assertEquals("1", serving.path("stable").path("version").asText());
    Terminal.Answer further = terminal.type("rollback", "taxi-tips", "--reason", "drill");
    assertEquals(6, further.exitCode(), further.out());
    assertTrue(
        further.err().contains("endpoint 'taxi-tips' has no version before 1; --to names one"),
        further.err());
  }

  /**
   * Whoever reaches Temporal may start any workflow: the old approval of version 2 opens nothing.
   */
  @Test
  @Order(8)
  void approvalThatWasUsed_changesNothingWhoeverAsks() throws Exception {
    ShiftTrafficInput second = StoredReleases.shift(state, "2", 25, sequence());
    try (Connection connection = Connection.open(cluster.server().address());
        DeploymentCall deployment = new DeploymentCall(connection.client().temporal())) {
      assertRefused("NOT_APPROVED", () -> deployment.shift(second));
      assertRefused("NOT_APPROVED", () -> deployment.canaryWithAllTraffic(second));
      RestoreInput back =
          new RestoreInput(
              "taxi-tips",
              null,
              "drill",
              "request-1",
              sequence(),
              List.of(second.candidate().rootDigest()),
              false);
      Deployment restored = deployment.restore(back);
      assertEquals("1", restored.state().stable().version());
      assertEquals(restored.state(), deployment.restore(back).state());
      assertEquals(restored.state().sequence(), sequence());
      ModelPackage first = restored.state().stable();
      ShiftTrafficInput swapped =
          new ShiftTrafficInput(
              second.run(), "taxi-tips", first, second.approval(), 25, sequence());
      assertRefused("CUSTODY_BROKEN", () -> deployment.shift(swapped));
    }
  }

  private static void assertRefused(String type, Executable attack) throws Exception {
    WorkflowFailedException failed = assertThrows(WorkflowFailedException.class, attack);
    ApplicationFailure cause = (ApplicationFailure) failed.getCause().getCause();
    assertEquals(type, cause.getType());
    JsonNode serving = gateway().get("/lockkeeper/v1/endpoints/taxi-tips/state");
    assertEquals("1", serving.path("stable").path("version").asText());
    assertFalse(serving.hasNonNull("candidate"), serving.toString());
  }

  @Test
  @Order(8)
  void versionThatExists_isNotMadeAgain() {
    Terminal.Answer again = terminal.type("run", pipeline.toString(), "--version", "1");
    assertFalse(again.exitCode() == 0);
    assertTrue(again.err().contains("taxi-tips@1 exists already"), again.err());
    assertTrue(terminal.type("list").out().contains("taxi-tips@2"));
    try (Connection connection = Connection.open(cluster.server().address())) {
      assertTrue(connection.run(new RunId("taxi-tips", "1")).exists());
      assertFalse(connection.run(new RunId("taxi-tips", "99")).exists());
    }
  }

  /** No time is asserted: the figures are for people, in {@code target/overhead.txt}. */
  @Test
  @Order(9)
  void overhead_isReported() throws Exception {
    RunId run = new RunId("taxi-tips", "3");
    OpenTelemetry tracing = cluster.tracing().openTelemetry();
    try (Connection connection = Connection.open(cluster.server().address(), tracing)) {
      connection.client().start(PipelineFile.read(pipeline, null).specification(), "3", "engineer");
      RunOnServer started = connection.run(run);
      started.follow(
          Terminal.quiet(),
          status -> status.stages().stream().anyMatch(s -> s.state() == StageState.WAITING));
      SshSigner alice = SshSigner.load(folder.resolve("alice"));
      started.decide(
          Decisions.sign(started, DecisionKind.APPROVE, "alice", "", alice), waiting -> {});
      connection
          .client()
          .temporal()
          .newUntypedWorkflowStub(run.toString())
          .getResult(RunStatus.class);
    }
    Overhead overhead =
        Overhead.measure(cluster.server().address(), run.toString(), "canary/taxi-tips");
    assertTrue(overhead.activities() >= 9, overhead.toString());
    Files.writeString(Path.of("target", "overhead.txt"), overhead + "\n");
    System.out.println(overhead);
  }

  private static long sequence() throws Exception {
    return gateway().get("/lockkeeper/v1/endpoints/taxi-tips/state").path("sequence").asLong();
  }

  private static GatewayClient gateway() {
    return new GatewayClient(cluster.gateway());
  }
}
