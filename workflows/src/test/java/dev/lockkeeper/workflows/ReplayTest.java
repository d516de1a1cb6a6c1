package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringStatus;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.contracts.run.Payloads;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.workflows.canary.CanaryWorkflowImpl;
import dev.lockkeeper.workflows.monitoring.MonitoringWorkflowImpl;
import dev.lockkeeper.workflows.pipeline.PipelineWorkflowImpl;
import dev.lockkeeper.workflows.rollback.RollbackWorkflowImpl;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Yesterday's runs go on with today's code. The histories come from {@link HistoryRecorder}. */
class ReplayTest {
  private static final Path HISTORIES = Path.of("src", "test", "resources", "histories");

  static List<String> histories() throws IOException {
    try (Stream<Path> files = Files.list(HISTORIES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void histories_coverEveryPath() throws IOException {
    Set<String> names =
        histories().stream()
            .map(name -> name.replace(".json", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        Set.of(
            "approve",
            "reject",
            "expire",
            "rollback",
            "reject-with-too-few",
            "enrolled-late",
            "reject-fails",
            "rollback-fails",
            "failure-fails",
            "cancel",
            "canary-promote",
            "canary-rollback",
            "canary-called-back",
            "rollback-command",
            "rollback-command-canary-first",
            "monitoring-continue-as-new"),
        names);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void everyHistory_replays(String history) throws Exception {
    replay(
        history,
        PipelineWorkflowImpl.class,
        CanaryWorkflowImpl.class,
        RollbackWorkflowImpl.class,
        MonitoringWorkflowImpl.class);
  }

  @Test
  void changedWorkflow_doesNotReplay() {
    Exception failure =
        assertThrows(
            Exception.class, () -> replay("monitoring-continue-as-new.json", ChangedWatch.class));

    assertTrue(failure.toString().contains("NonDeterministic"), failure.toString());
  }

  private static void replay(String history, Class<?>... workflows) throws Exception {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      Worker worker = environment.newWorker("replay");
      worker.registerWorkflowImplementationTypes(workflows);
      worker.replayWorkflowExecution(
          WorkflowExecutionHistory.fromJson(Files.readString(HISTORIES.resolve(history))));
    }
  }

  /** A watch whose author forgot that old runs go on: it sleeps before it announces. */
  public static final class ChangedWatch implements MonitoringWorkflow {

    @Override
    public void watch(MonitoringInput input) {
      Workflow.sleep(Duration.ofSeconds(1));
      Workflow.sleep(Duration.ofSeconds(1));
    }

    @Override
    public void versionChanged(
        ModelPackage modelPackage, @Nullable MonitoringSpecification monitoring) {}

    @Override
    public MonitoringStatus status() {
      return new MonitoringStatus("", "", 0, 0, List.of());
    }
  }
}
