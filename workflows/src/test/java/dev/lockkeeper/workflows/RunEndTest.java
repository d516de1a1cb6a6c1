package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.RunFailure;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.workflows.Examples.Pace;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a list of workflows shows of a run that is over, and that its result is there either way.
 */
class RunEndTest {
  private WorkflowFixture fixture;

  @BeforeEach
  void start() {
    fixture = new WorkflowFixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void promotedRun_isComplete() {
    PipelineWorkflow run = fixture.startApproved("1");

    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(run).verdict());
    assertEquals(
        WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
        WorkflowStub.fromTyped(run).describe().getStatus());
  }

  @Test
  void rejectedRun_failsWithItsResult() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));
    run.decide(FakeReview.decision("bob", DecisionKind.REJECT));

    assertFails(run, Verdict.REJECTED, ApplicationErrorCategory.BENIGN);
  }

  @Test
  void rolledBackRun_failsWithItsResult() {
    fixture.stages.endpoint.serves(Examples.modelPackage("1"));
    fixture.stages.endpoint.harmAtLook = 2;

    assertFails(fixture.startApproved("2"), Verdict.ROLLED_BACK, ApplicationErrorCategory.BENIGN);
  }

  @Test
  void failedRun_failsWithItsResult() {
    fixture.stages.trainingFailures = 1;
    fixture.stages.trainingFailure = FailureType.CUSTODY_BROKEN;

    assertFails(
        fixture.start(Examples.input("1", 1, Pace.PATIENT)),
        Verdict.FAILED,
        ApplicationErrorCategory.UNSPECIFIED);
  }

  private static void assertFails(
      PipelineWorkflow run, Verdict verdict, ApplicationErrorCategory category) {
    WorkflowStub stub = WorkflowStub.fromTyped(run);

    WorkflowFailedException failure =
        assertThrows(WorkflowFailedException.class, () -> stub.getResult(RunStatus.class));

    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertEquals(verdict.name(), cause.getType());
    assertEquals(category, cause.getCategory());
    assertTrue(
        Arrays.stream(cause.getStackTrace())
            .noneMatch(frame -> frame.getClassName().startsWith("dev.lockkeeper.contracts")));
    assertEquals(run.status(), RunFailure.result(cause));
    assertEquals(verdict, run.status().verdict());
    assertEquals(
        WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED, stub.describe().getStatus());
  }
}
