package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.contracts.deployment.RollbackWorkflow;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.Verdict;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollbackWorkflowTest {
  private final WorkflowFixture fixture = fixture();

  @BeforeEach
  void serveVersionOne() {
    fixture.stages.endpoint.serves(Examples.modelPackage("1"));
  }

  WorkflowFixture fixture() {
    return new WorkflowFixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void rollbackInACanary_restoresTheStableVersionAndEndsTheCanary() {
    fixture.stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow run = fixture.startApproved("2");
    fixture.until(() -> changes().contains("shift 2 5"));

    RollbackResult result = rolledBack(null);
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(
        "tips went from version 1 with candidate 2 to version 1, its canary was called back: slow"
            + " (asked by dora)",
        result.message());
    assertEquals(Verdict.ROLLED_BACK, end.verdict());
    assertEquals(List.of("shift 2 5", "restore 1"), changes());
  }

  @Test
  void rollbackBeforeTheFirstShift_callsTheCanaryBackAndKeepsTheStableVersion() {
    fixture.stages.endpoint.gatewayAway = true;
    PipelineWorkflow run = fixture.startApproved("2");
    fixture.until(() -> fixture.stages.endpoint.shiftsTried > 0);

    RollbackResult result = rolledBack(null);
    fixture.stages.endpoint.gatewayAway = false;
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(
        "tips went from version 1 to version 1, its canary was called back: slow (asked by dora)",
        result.message());
    assertEquals(Verdict.ROLLED_BACK, end.verdict(), end.message());
    assertEquals("called back: slow (asked by dora)", reason(end));
    assertEquals(List.of("fence"), changes());
  }

  @Test
  void rollbackThatNoDeploymentWorkerTakes_callsTheCanaryBackAllTheSame() {
    fixture.stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow run = fixture.startApproved("2");
    fixture.until(() -> changes().contains("shift 2 5"));
    fixture.stages.endpoint.workerAway = true;
    CompletableFuture<RollbackResult> result =
        WorkflowClient.execute(rollback()::rollBack, rollbackTo(null));
    CanaryWorkflow canary = canary();
    fixture.until(() -> String.valueOf(canary.status().message()).contains("called back: slow"));

    fixture.stages.endpoint.requestsPerLook = 100;
    fixture.stages.endpoint.workerAway = false;

    assertEquals(Verdict.ROLLED_BACK, WorkflowFixture.end(run).verdict());
    assertEquals("1", result.join().deployment().state().stable().version());
    assertEquals(List.of("shift 2 5", "restore 1"), changes().subList(0, 2));
  }

  @Test
  void rollbackOfAnEndpointThatNeverServed_callsTheCanaryBack() {
    fixture.stages.endpoint.serves(null);
    fixture.stages.endpoint.gatewayAway = true;
    PipelineWorkflow run = fixture.startApproved("1");
    fixture.until(() -> fixture.stages.endpoint.shiftsTried > 0);

    RollbackResult result = rolledBack(null);
    fixture.stages.endpoint.gatewayAway = false;
    RunStatus end = WorkflowFixture.end(run);

    assertEquals("the canary on tips was called back: slow (asked by dora)", result.message());
    assertEquals(Verdict.ROLLED_BACK, end.verdict(), end.message());
  }

  @Test
  void rollbackOutsideACanary_asksForTheVersionBefore() {
    RollbackResult result = rolledBack(null);

    assertEquals("tips", result.deployment().state().endpoint());
    assertEquals(List.of("restore null"), changes());
  }

  @Test
  void rollbackToAVersion_restoresThatVersion() {
    rolledBack("0");

    assertEquals(List.of("restore 0"), changes());
  }

  private RollbackResult rolledBack(@Nullable String version) {
    return rollback().rollBack(rollbackTo(version));
  }

  private RollbackWorkflow rollback() {
    return fixture.client.newWorkflowStub(
        RollbackWorkflow.class,
        WorkflowFixture.options(RollbackWorkflow.workflowId(Examples.ENDPOINT)));
  }

  private static RollbackInput rollbackTo(@Nullable String version) {
    return new RollbackInput(Examples.ENDPOINT, version, "slow", "dora");
  }

  private CanaryWorkflow canary() {
    return fixture.client.newWorkflowStub(
        CanaryWorkflow.class, CanaryWorkflow.workflowId(Examples.ENDPOINT));
  }

  private static String reason(RunStatus status) {
    return Objects.requireNonNull(status.rollback()).reason();
  }

  private List<String> changes() {
    return fixture.stages.endpoint.changes;
  }
}
