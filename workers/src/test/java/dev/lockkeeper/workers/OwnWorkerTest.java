package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.ingestion.IngestInput;
import dev.lockkeeper.contracts.ingestion.IngestionActivities;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.StageSettings;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerPlugin;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages' plugins in workers of somebody who uses nothing else of the system. */
class OwnWorkerTest {

  private static final String MINE = "mine";
  private static final StageSettings SETTINGS =
      new StageSettings(Map.of(StageSettings.GATEWAY, "http://127.0.0.1:1"));

  @TempDir private Path folder;
  private TestWorkflowEnvironment environment;

  /** A workflow of the user's that needs one stage. */
  @WorkflowInterface
  public interface Intake {
    @WorkflowMethod
    Dataset take(String queue, IngestInput input);
  }

  /** Asks whoever serves a queue. */
  public static final class OneStage implements Intake {
    @Override
    public Dataset take(String queue, IngestInput input) {
      return Workflow.newActivityStub(
              IngestionActivities.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(queue)
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                  .build())
          .ingestDataset(input);
    }
  }

  @BeforeEach
  void start() throws IOException {
    WorkerRoles roles = WorkerRoles.load();
    StateFolder state = new StateFolder(folder.resolve("state")).initialise(roles.signing());
    List<WorkerPlugin> plugins = new ArrayList<>();
    for (Role role : roles.all()) {
      plugins.add(roles.plugin(role, state, SETTINGS));
    }
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setPlugins(plugins.toArray(WorkerPlugin[]::new))
                        .build())
                .build());
    environment.newWorker(MINE).registerWorkflowImplementationTypes(OneStage.class);
    for (Role role : roles.all()) {
      environment.newWorker(role.taskQueue());
    }
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void stage_worksForAWorkflowOfTheUser() throws IOException {
    Path source = Files.writeString(folder.resolve("trips.csv"), "fare\n9.5\n3\n");

    Dataset dataset = take(Role.INGESTION.taskQueue(), source);

    assertEquals(2, dataset.rows());
    assertEquals(List.of(), dataset.breaches());
    assertTrue(
        Files.exists(
            folder
                .resolve("state/store/evidence/sha256")
                .resolve(dataset.evidence().statement().sha256())));
  }

  @Test
  void stage_isServedOnItsOwnQueueAlone() {
    WorkflowFailedException failure =
        assertThrows(
            WorkflowFailedException.class,
            () -> take(Role.FEATURES.taskQueue(), folder.resolve("trips.csv")));

    assertTrue(
        failure.getCause().getCause().getMessage().contains("\"IngestDataset\" is not registered"),
        failure.getCause().getCause().getMessage());
  }

  private Dataset take(String queue, Path source) {
    DataContract contract =
        new DataContract(
            "trips",
            "1",
            "trips",
            "0".repeat(64),
            List.of(
                new ColumnContract(
                    "fare", ColumnType.NUMBER, true, false, null, null, List.of(), null, null)),
            List.of());
    return environment
        .getWorkflowClient()
        .newWorkflowStub(Intake.class, WorkflowOptions.newBuilder().setTaskQueue(MINE).build())
        .take(
            queue,
            new IngestInput(
                new RunContext("tips@1", "r", "default", "tips", "1", "ann", "d"),
                new SourceSpecification(source.toString(), SourceFormat.CSV, ",", null),
                contract));
  }
}
