package dev.lockkeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.RunFailure;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.formats.run.Stage;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testserver.TestServer;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real time passes here: a worker that is away is noticed by the clock on the wall. */
class RunHandleTest {

  private static final RunId RUN = new RunId("tips", "1");
  private static final int TRAINING = Stage.TRAINING.ordinal();

  /** Whether a run answers no query. */
  private static final AtomicBoolean BROKEN = new AtomicBoolean();

  private TestServer.PortBoundTestServer server;
  private LockkeeperClient client;
  private WorkerFactory factory;

  /** A run that trains, with nobody who takes the work, until any signal rejects it. */
  public static final class Training implements PipelineWorkflow {

    private final Instant started = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    private @Nullable Verdict verdict;

    @Override
    public RunStatus run(PipelineInput input) {
      Promise<Object> trained =
          Workflow.newUntypedActivityStub(
                  ActivityOptions.newBuilder()
                      .setTaskQueue(Role.TRAINING.taskQueue())
                      .setScheduleToCloseTimeout(Duration.ofHours(1))
                      .build())
              .executeAsync("TrainModel", Object.class);
      Workflow.await(() -> trained.isCompleted() || verdict != null);
      Workflow.upsertTypedSearchAttributes(
          SearchAttributes.VERDICT.valueSet(String.valueOf(verdict)));
      throw RunFailure.of(status());
    }

    @Override
    public RunStatus status() {
      if (BROKEN.get()) {
        throw new IllegalStateException("no idea");
      }
      List<StageStatus> stages =
          List.of(
              StageStatus.pending(Stage.INGESTION),
              StageStatus.pending(Stage.FEATURES),
              new StageStatus(
                  Stage.TRAINING, StageState.RUNNING, 0, 1, null, "logistic-regression", started));
      return new RunStatus(
          RUN.toString(),
          RUN.model(),
          RUN.version(),
          "tips",
          verdict,
          "training: logistic-regression",
          "",
          stages,
          List.of(),
          List.of(),
          null);
    }

    @Override
    public void decide(SignedDecision decision) {
      verdict = Verdict.REJECTED;
    }

    @Override
    public DecisionReceipt submitDecision(SignedDecision decision) {
      return new DecisionReceipt.Refused("no");
    }

    @Override
    public void validateDecision(SignedDecision decision) {}

    @Override
    public ReviewStatus review() {
      return new ReviewStatus(null, List.of(), null, List.of(), List.of());
    }
  }

  @BeforeEach
  void start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port);
    client = LockkeeperClient.connect(TemporalServer.at("127.0.0.1:" + port, "default"));
    factory = WorkerFactory.newInstance(client.temporal());
    factory
        .newWorker(Role.PIPELINE.taskQueue())
        .registerWorkflowImplementationTypes(Training.class);
    factory.start();
  }

  @AfterEach
  void close() throws IOException {
    BROKEN.set(false);
    factory.shutdownNow();
    client.close();
    server.close();
  }

  @Test
  void workThatNoWorkerTakes_namesTheRole() {
    run();

    StageStatus training = training();
    while (!training.message().startsWith("no worker of role training has taken its work since ")) {
      assertEquals("logistic-regression", training.message());
      assertTrue(training.secondsAt(Instant.now()) < 60, "nothing is said of the missing worker");
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      training = training();
    }
    assertEquals(StageState.RUNNING, training.state());
  }

  @Test
  void terminatedRun_keepsWhatIsKnownOfItsStages() {
    WorkflowStub run = run();
    assertNull(handle().status().verdict());

    run.terminate("by hand");

    RunStatus end = handle().status();
    assertEquals(Verdict.CANCELLED, end.verdict());
    assertEquals("terminated", end.message());
    assertEquals("tips", end.endpoint());
    assertEquals(StageState.FAILED, end.stages().get(TRAINING).state());
    assertEquals("terminated", end.stages().get(TRAINING).message());
  }

  @Test
  void endedRunWithoutAWorker_isStillSaidToHaveEnded() {
    WorkflowStub run = run();
    run.terminate("by hand");
    factory.shutdownNow();

    RunStatus end = handle().status();

    assertEquals(Verdict.CANCELLED, end.verdict());
    assertEquals(StageState.PENDING, end.stages().get(TRAINING).state());
  }

  @Test
  void queryThatFails_isOneError() {
    run();
    BROKEN.set(true);

    ClientException failure = assertThrows(ClientException.class, () -> handle().status());

    assertEquals(ClientException.Kind.QUERY_FAILED, failure.kind());
    // The class of the failure is in the server's words or not, by the way the query took.
    assertEquals(
        "run tips@1: no idea",
        failure.getMessage().replace("java.lang.IllegalStateException: ", ""));
  }

  @Test
  void endedRunThatAnswersNoQuery_isStillSaidToHaveEnded() {
    WorkflowStub run = run();
    BROKEN.set(true);
    run.terminate("by hand");

    assertEquals(Verdict.CANCELLED, handle().status().verdict());
  }

  private WorkflowStub run() {
    PipelineWorkflow run =
        client
            .temporal()
            .newWorkflowStub(
                PipelineWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(RUN.toString())
                    .setTaskQueue(Role.PIPELINE.taskQueue())
                    .build());
    WorkflowClient.start(run::run, null);
    return WorkflowStub.fromTyped(run);
  }

  private RunHandle handle() {
    return client.run(RUN);
  }

  private StageStatus training() {
    return handle().status().stages().get(TRAINING);
  }
}
