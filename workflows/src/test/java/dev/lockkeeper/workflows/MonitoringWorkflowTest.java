package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.workflows.monitoring.MonitoringWorkflowImpl;
import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitoringWorkflowTest {
  private static final MonitoringSpecification BRISK =
      Examples.specification(1, Examples.Pace.BRISK).monitoring();

  private final WorkflowFixture world = fixture();
  private MonitoringWorkflow watch;
  private WorkflowExecution first;

  @BeforeEach
  void start() {
    watch =
        world.client.newWorkflowStub(
            MonitoringWorkflow.class,
            WorkflowFixture.options(MonitoringWorkflow.workflowId("tips")));
    first =
        WorkflowClient.start(
            watch::watch, MonitoringInput.start("tips", BRISK, Examples.modelPackage("1")));
  }

  WorkflowFixture fixture() {
    return new WorkflowFixture();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void driftingWindow_raisesAnAlertThatNamesTheFeature() {
    world.until(() -> watch.status().windows() >= 3);

    assertEquals(1, watch.status().alerts());
    assertEquals("fare", watch.status().latest().get(0).subject());
  }

  @Test
  void failingComparison_isSkipped() {
    world.locks.watch.failingWindow = 1;

    world.until(() -> watch.status().windows() >= 2);

    assertTrue(world.locks.watch.windows.get() >= 3);
  }

  @Test
  void versionChange_isComparedFromThenOn() {
    watch.versionChanged(Examples.modelPackage("2"), null);
    world.until(() -> world.locks.watch.versions.contains("2"));

    assertEquals("2", watch.status().version());
    assertEquals(BRISK.threshold(), world.locks.watch.threshold);
  }

  @Test
  void newVersion_isWatchedAsItsOwnPipelineSays() {
    watch.versionChanged(
        Examples.modelPackage("2"),
        new MonitoringSpecification(BRISK.every(), BRISK.minimumRows(), 0.75));
    world.until(() -> world.locks.watch.versions.contains("2"));

    assertEquals(0.75, world.locks.watch.threshold);
  }

  @Test
  void quietWindow_endsAnAlertAndKeepsItReadable() {
    world.until(() -> watch.status().windows() >= 3);

    String details = details();
    assertTrue(details.startsWith("**QUIET** version 1, "), details);
    assertTrue(
        details.endsWith(" 1 alerts\n\nLast alert, in window 2:\n\n- fare moved: PSI 0.5\n\n"),
        details);
  }

  @Test
  void longWatch_continuesAsNewWithItsState() {
    world.until(() -> watch.status().windows() > MonitoringWorkflowImpl.LONGEST_RUN);

    MonitoringWorkflow latest =
        world.client.newWorkflowStub(
            MonitoringWorkflow.class, MonitoringWorkflow.workflowId("tips"));
    String now = WorkflowStub.fromTyped(latest).describe().getExecution().getRunId();
    assertNotEquals(first.getRunId(), now);
    assertEquals(1, latest.status().alerts());
    assertEquals("fare", latest.status().latest().get(0).subject());
  }

  private String details() {
    return WorkflowStub.fromTyped(watch)
        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails();
  }
}
