package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackWorkflow;
import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.Payloads;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.workflows.Examples.Pace;
import dev.lockkeeper.workflows.monitoring.MonitoringWorkflowImpl;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Records the histories of {@code src/test/resources/histories} on a real dev server. Not part of
 * the ordinary test run: {@code mvn -pl workflows -am test -Dtest=HistoryRecorder
 * -Dsurefire.failIfNoSpecifiedTests=false}, with the executable in {@code TEMPORAL_EXECUTABLE} or
 * in {@code ~/.cache/lockkeeper}. Record again only when old runs may be given up.
 */
class HistoryRecorder {
  private static final Path HISTORIES = Path.of("src", "test", "resources", "histories");
  private static final long SECONDS = 180;

  private final FakeStages stages = new FakeStages();
  private TestWorkflowEnvironment server;
  private WorkflowClient client;

  @BeforeEach
  void start() throws IOException {
    List<String> extra =
        new ArrayList<>(
            List.of(
                "--dynamic-config-value",
                "history.transferProcessorMaxPollRPS=2000",
                "--dynamic-config-value",
                "history.timerProcessorMaxPollRPS=2000"));
    SearchAttributes.all()
        .forEach(key -> extra.addAll(List.of("--search-attribute", key.getName() + "=Keyword")));
    server =
        TestWorkflowEnvironment.startLocal(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setPlugins(new PipelinePlugin()).build())
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setIdentity("recorder")
                        .setDataConverter(Payloads.converter())
                        .build())
                .build(),
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(executable())
                .setLogLevel("never")
                .setExtraArgs(extra)
                .build());
    client = server.getWorkflowClient();
    server.newWorker(Role.PIPELINE.taskQueue());
    WorkflowFixture.register(server.getWorkerFactory(), stages);
    server.start();
    Files.createDirectories(HISTORIES);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void approve() throws IOException {
    PipelineWorkflow run = approved("1");
    WorkflowFixture.end(run);
    record("approve", "tips@1");
    WorkflowStub.fromTyped(canary()).getResult(Object.class);
    record("canary-promote", CanaryWorkflow.workflowId(Examples.ENDPOINT));
  }

  @Test
  void reject() throws IOException {
    PipelineWorkflow run = reviewed("1", Pace.PATIENT);
    run.decide(FakeReview.decision("bob", DecisionKind.REJECT));
    WorkflowFixture.end(run);
    record("reject", "tips@1");
  }

  @Test
  void tooFewApprovers() throws IOException {
    stages.review.enrolled = List.of("alice");
    PipelineWorkflow rejected = WorkflowFixture.start(client, Examples.input("1", 2, Pace.PATIENT));
    until(() -> rejected.review().review() != null);
    rejected.submitDecision(
        FakeReview.decision(FakeReview.NONCE + "1", "alice", DecisionKind.REJECT));
    WorkflowFixture.end(rejected);
    record("reject-with-too-few", "tips@1");
    PipelineWorkflow run = WorkflowFixture.start(client, Examples.input("2", 2, Pace.PATIENT));
    until(() -> run.review().review() != null);
    stages.review.enrolled = List.of("alice", "bob");
    until(() -> run.review().review().terms().nonce().equals(FakeReview.NONCE));
    run.submitDecision(FakeReview.decision("bob", DecisionKind.REJECT));
    WorkflowFixture.end(run);
    record("enrolled-late", "tips@2");
  }

  @Test
  void expire() throws IOException {
    PipelineWorkflow run = reviewed("1", Pace.BRISK);
    WorkflowFixture.end(run);
    record("expire", "tips@1");
  }

  @Test
  void canaryRollback() throws IOException {
    stages.endpoint.serves(Examples.modelPackage("1"));
    stages.endpoint.harmAtLook = 2;
    PipelineWorkflow run = approved("2");
    WorkflowFixture.end(run);
    record("rollback", "tips@2");
    record("canary-rollback", CanaryWorkflow.workflowId(Examples.ENDPOINT));
  }

  /** The ends that fail a workflow; what was recorded before completes it, and still replays. */
  @Test
  void failedEnds() throws IOException {
    PipelineWorkflow rejected = reviewed("1", Pace.PATIENT);
    rejected.decide(FakeReview.decision("bob", DecisionKind.REJECT));
    WorkflowFixture.end(rejected);
    record("reject-fails", "tips@1");
    stages.endpoint.serves(Examples.modelPackage("1"));
    stages.endpoint.harmAtLook = 2;
    WorkflowFixture.end(approved("2"));
    record("rollback-fails", "tips@2");
    stages.trainingFailures = 1;
    stages.trainingFailure = FailureType.CUSTODY_BROKEN;
    WorkflowFixture.end(WorkflowFixture.start(client, Examples.input("3", 1, Pace.PATIENT)));
    record("failure-fails", "tips@3");
  }

  @Test
  void cancel() throws IOException {
    stages.endpoint.serves(Examples.modelPackage("1"));
    stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow run = approved("2");
    until(() -> stages.endpoint.changes.contains("shift 2 5"));
    WorkflowStub.fromTyped(run).cancel();
    until(() -> ended(run));
    record("cancel", "tips@2");
    record("canary-called-back", CanaryWorkflow.workflowId(Examples.ENDPOINT));
  }

  /** What was recorded before a rollback called the canary back first is rollback-command. */
  @Test
  void rollbackCommand() throws IOException {
    stages.endpoint.serves(Examples.modelPackage("1"));
    stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow run = approved("2");
    until(() -> stages.endpoint.changes.contains("shift 2 5"));
    String id = RollbackWorkflow.workflowId(Examples.ENDPOINT);
    client
        .newWorkflowStub(RollbackWorkflow.class, WorkflowFixture.options(id))
        .rollBack(new RollbackInput(Examples.ENDPOINT, null, "slow", "dora"));
    WorkflowFixture.end(run);
    record("rollback-command-canary-first", id);
  }

  @Test
  void monitoringContinueAsNew() throws IOException {
    MonitoringWorkflow watch =
        client.newWorkflowStub(
            MonitoringWorkflow.class,
            WorkflowFixture.options(MonitoringWorkflow.workflowId("tips")));
    WorkflowExecution first =
        WorkflowClient.start(
            watch::watch,
            MonitoringInput.start(
                "tips",
                Examples.specification(1, Pace.BRISK).monitoring(),
                Examples.modelPackage("1")));
    watch.versionChanged(Examples.modelPackage("2"), null);
    MonitoringWorkflow newest =
        client.newWorkflowStub(MonitoringWorkflow.class, first.getWorkflowId());
    until(() -> newest.status().windows() > MonitoringWorkflowImpl.LONGEST_RUN);
    write(
        "monitoring-continue-as-new",
        client.fetchHistory(first.getWorkflowId(), first.getRunId()).toJson(false));
  }

  private PipelineWorkflow reviewed(String version, Pace pace) {
    PipelineWorkflow run = WorkflowFixture.start(client, Examples.input(version, 1, pace));
    until(() -> run.review().review() != null);
    return run;
  }

  private PipelineWorkflow approved(String version) {
    Pace pace =
        new Pace(
            Pace.PATIENT.remindAfter(),
            Pace.PATIENT.expireAfter(),
            Pace.BRISK.look(),
            Pace.PATIENT.watch());
    PipelineWorkflow run = reviewed(version, pace);
    run.decide(new dev.lockkeeper.formats.approval.SignedDecision("noise", "", ""));
    run.submitDecision(FakeReview.decision("alice", DecisionKind.APPROVE));
    return run;
  }

  private CanaryWorkflow canary() {
    return client.newWorkflowStub(
        CanaryWorkflow.class, CanaryWorkflow.workflowId(Examples.ENDPOINT));
  }

  private static boolean ended(PipelineWorkflow run) {
    try {
      WorkflowFixture.end(run);
      return false;
    } catch (WorkflowFailedException cancelled) {
      return true;
    }
  }

  private void record(String name, String workflowId) throws IOException {
    write(name, client.fetchHistory(workflowId).toJson(false));
  }

  private static void write(String name, String json) throws IOException {
    Files.writeString(HISTORIES.resolve(name + ".json"), json);
    assertEquals(true, Files.size(HISTORIES.resolve(name + ".json")) > 0);
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not reached within " + SECONDS + " s");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static String executable() throws IOException {
    String given = System.getenv("TEMPORAL_EXECUTABLE");
    if (given != null) {
      return given;
    }
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "lockkeeper");
    try (var found = Files.find(cache, 2, (path, file) -> path.endsWith("temporal"))) {
      return found
          .sorted()
          .reduce((older, newer) -> newer)
          .orElseThrow(() -> new IOException("no temporal executable under " + cache))
          .toString();
    }
  }
}
