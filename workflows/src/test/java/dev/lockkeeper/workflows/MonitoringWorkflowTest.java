package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.workflows.monitoring.MonitoringWorkflowImpl;
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

  private final WorkflowFixture fixture = fixture();
  private MonitoringWorkflow watch;
  private WorkflowExecution first;

  @BeforeEach
  void start() {
    watch =
        fixture.client.newWorkflowStub(
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
    fixture.close();
  }

  @Test
  void driftingWindow_raisesAnAlertThatNamesTheFeature() {
    fixture.until(() -> watch.status().windows() >= 3);

    assertEquals(1, watch.status().alerts());
    assertEquals("fare", watch.status().latest().get(0).subject());
  }

  @Test
  void failingComparison_isSkipped() {
    fixture.stages.watch.failingWindow = 1;

    fixture.until(() -> watch.status().windows() >= 2);

    assertTrue(fixture.stages.watch.windows.get() >= 3);
  }

  @Test
  void versionChange_isComparedFromThenOn() {
    watch.versionChanged(Examples.modelPackage("2"), null);
    fixture.until(() -> fixture.stages.watch.versions.contains("2"));

    assertEquals("2", watch.status().version());
    assertEquals(BRISK.threshold(), fixture.stages.watch.threshold);
  }

  @Test
  void newVersion_isWatchedAsItsOwnPipelineSays() {
    watch.versionChanged(
        Examples.modelPackage("2"),
        new MonitoringSpecification(BRISK.every(), BRISK.minimumRows(), 0.75));
    fixture.until(() -> fixture.stages.watch.versions.contains("2"));

    assertEquals(0.75, fixture.stages.watch.threshold);
  }

  @Test
  void quietWindow_endsAnAlertAndKeepsItReadable() {
    fixture.until(() -> watch.status().windows() >= 3);

    String details = details();
    assertTrue(details.startsWith("**QUIET** version 1, "), details);
    assertTrue(
        details.endsWith(" 1 alerts\n\nLast alert, in window 2:\n\n- fare moved: PSI 0.5\n\n"),
        details);
  }

  @Test
  void longWatch_continuesAsNewWithItsState() {
    fixture.until(() -> watch.status().windows() > MonitoringWorkflowImpl.LONGEST_RUN);

    MonitoringWorkflow latest =
        fixture.client.newWorkflowStub(
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
