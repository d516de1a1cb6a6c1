package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageSettings;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubsPlugin;
import io.temporal.testserver.TestServer;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker of the user's own that takes one stage, by that stage's plugin alone. */
class StagePluginsTest {

  private static final String OWN_QUEUE = "own";
  private static final StageSettings SETTINGS =
      new StageSettings(Map.of(StageSettings.GATEWAY, "http://127.0.0.1:1"));

  @TempDir private Path folder;
  private TestServer.PortBoundTestServer server;
  private WorkflowServiceStubs stubs;
  private WorkerFactory factory;

  /** What a user's own workflow does with a stage. */
  @WorkflowInterface
  public interface Own {

    /** Answers how the activity failed for an input without any field. */
    @WorkflowMethod
    String failure(String taskQueue, String activity);
  }

  /** The same. */
  public static final class OwnWorkflow implements Own {
    @Override
    public String failure(String taskQueue, String activity) {
      try {
        Object answer =
            Workflow.newUntypedActivityStub(options(taskQueue))
                .execute(activity, Object.class, Map.of());
        return "answered " + answer;
      } catch (ActivityFailure failure) {
        ApplicationFailure cause = (ApplicationFailure) failure.getCause();
        return cause.getType() + ": " + cause.getOriginalMessage();
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port);
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:" + port).build());
  }

  @AfterEach
  void close() throws IOException {
    factory.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ingestion,IngestDataset",
    "features,BuildFeatures",
    "training,TrainModel",
    "validation,ValidateModel",
    "approval,OpenReview",
    "registry,RegisterModel",
    "deployment,ShiftTraffic",
    "monitoring,CompareWindow"
  })
  void stage_takesItsOwnQueue(Role role, String activity) throws IOException {
    Own own = serve(role).newWorkflowStub(Own.class, own());

    String failure = own.failure(role.taskQueue(), activity);

    assertTrue(failure.contains(": "), failure);
    assertFalse(failure.contains("is not registered with a worker"), failure);
  }

  /** The plugin is given to the connection, from which it reaches client and worker factory. */
  private WorkflowClient serve(Role role) throws IOException {
    StateFolder state = new StateFolder(folder.resolve("state")).initialise(List.of(role));
    WorkflowServiceStubsPlugin plugin =
        (WorkflowServiceStubsPlugin) WorkerRoles.load().plugin(role, state, SETTINGS);
    stubs.shutdownNow();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(stubs.getOptions().getTarget())
                .setPlugins(plugin)
                .build());
    WorkflowClient client = WorkflowClient.newInstance(stubs);
    factory = WorkerFactory.newInstance(client);
    factory.newWorker(role.taskQueue());
    factory.newWorker(OWN_QUEUE).registerWorkflowImplementationTypes(OwnWorkflow.class);
    factory.start();
    return client;
  }

  private static WorkflowOptions own() {
    return WorkflowOptions.newBuilder().setTaskQueue(OWN_QUEUE).build();
  }

  private static ActivityOptions options(String taskQueue) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(taskQueue)
        .setScheduleToCloseTimeout(Duration.ofMinutes(1))
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }
}
