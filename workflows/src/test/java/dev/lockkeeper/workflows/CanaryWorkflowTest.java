package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.deployment.Inconclusive;
import dev.lockkeeper.formats.run.Stage;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CanaryWorkflowTest {
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
  void harmlessCandidate_climbsEveryStepAndIsPromoted() {
    RunStatus end = WorkflowFixture.end(fixture.startApproved("2"));

    assertEquals(Verdict.PROMOTED, end.verdict(), end.message());
    assertEquals(List.of("shift 2 5", "shift 2 50", "promote 2"), changes());
    assertNotNull(fixture.stages.endpoint.leaseUntil);
  }

  @Test
  void harmfulCandidate_isTakenBackWithSizeAndTime() {
    fixture.stages.endpoint.harmAtLook = 2;

    RunStatus end = WorkflowFixture.end(fixture.startApproved("2"));

    assertEquals(Verdict.ROLLED_BACK, end.verdict());
    assertEquals(
        "tips@2 was taken back from tips: 30 of 200 candidate requests failed", end.message());
    assertNotNull(end.rollback());
    assertEquals(200, end.rollback().canaryRequests());
    assertEquals(List.of("shift 2 5", "shift 2 50", "restore 1"), changes());
  }

  @Test
  void declaredMargin_isWaitedForAtTheLastStep() {
    fixture.stages.endpoint.insideAtLook = 5;

    RunStatus end = withMargin(null);

    assertEquals(Verdict.PROMOTED, end.verdict(), end.message());
    assertEquals(5, fixture.stages.endpoint.looks());
    assertEquals(
        "tips@2 serves tips: inside the margin, at most 0.00 % more failures than the stable"
            + " version (margin 1.00 %)",
        end.message());
  }

  @Test
  void marginThatIsNeverShown_takesTheCandidateBackAtTheMaximum() {
    RunStatus end = withMargin(Inconclusive.ROLLBACK);

    assertEquals(Verdict.ROLLED_BACK, end.verdict(), end.message());
    assertTrue(
        end.message().contains("not shown to be harmless, up to 2.00 % more failures"),
        end.message());
  }

  @Test
  void marginThatIsNeverShown_isSaidWhereThePipelinePromotes() {
    RunStatus end = withMargin(Inconclusive.PROMOTE);

    assertEquals(Verdict.PROMOTED, end.verdict(), end.message());
    assertTrue(end.message().contains(": not shown to be harmless"), end.message());
    assertEquals(List.of("shift 2 5", "shift 2 50", "promote 2"), changes());
  }

  private RunStatus withMargin(@Nullable Inconclusive onInconclusive) {
    return WorkflowFixture.end(
        fixture.startApproved(Examples.withMargin("2", 0.01, onInconclusive)));
  }

  @Test
  void candidateWithoutTraffic_isTakenBackAtTheMaximum() {
    fixture.stages.endpoint.requestsPerLook = 3;

    RunStatus end = WorkflowFixture.end(fixture.startApproved("2"));

    assertEquals(Verdict.ROLLED_BACK, end.verdict());
    assertTrue(
        end.message()
            .contains("the canary was not through after PT10M: 3 of 100 candidate requests at 5 %"),
        end.message());
  }

  @Test
  void firstReleaseWithoutTraffic_saysThatItWaitsAndIsPromotedOnceItCame() {
    fixture.stages.endpoint.serves(null);
    fixture.stages.endpoint.requestsPerLook = 0;
    PipelineWorkflow run = fixture.startApproved("1");
    CanaryWorkflow canary = canary();
    fixture.until(
        () ->
            changes().contains("shift 1 100")
                && String.valueOf(canary.status().message()).contains("waits for traffic"));
    assertEquals(
        "tips@1 waits for traffic: 0 of 100 requests at 100 %; no harm shown",
        canary.status().message());

    fixture.stages.endpoint.requestsPerLook = 100;

    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(run).verdict());
  }

  @Test
  void cancelledRun_takesTheCandidateBack() {
    fixture.stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow run = fixture.startApproved("2");
    fixture.until(() -> changes().contains("shift 2 5"));

    WorkflowStub.fromTyped(run).cancel();
    assertThrows(WorkflowFailedException.class, () -> WorkflowFixture.end(run));

    assertEquals(List.of("shift 2 5", "restore 1"), changes());
    assertEquals(Verdict.CANCELLED, run.status().verdict());
    assertEquals("called back: the run was cancelled", reason(run.status()));
  }

  @Test
  void canaryCancelledByHand_restoresAndTheRunSaysSo() {
    fixture.stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow run = fixture.startApproved("2");
    fixture.until(() -> changes().contains("shift 2 5"));

    fixture.client.newUntypedWorkflowStub(CanaryWorkflow.workflowId(Examples.ENDPOINT)).cancel();
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(List.of("shift 2 5", "restore 1"), changes());
    assertEquals(Verdict.FAILED, end.verdict());
    assertEquals(
        "CANCELLED: canary/tips was cancelled by hand; a candidate with traffic was taken back",
        end.message());
  }

  @Test
  void signalledCanary_takesTheCandidateBackWithTheReason() {
    fixture.stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow run = fixture.startApproved("2");
    fixture.until(() -> changes().contains("shift 2 5"));

    canary().rollBack("complaints");
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.ROLLED_BACK, end.verdict());
    assertEquals("called back: complaints", reason(end));
    assertEquals(List.of("shift 2 5", "restore 1"), changes());
  }

  @Test
  void callBackDuringPromotion_restoresTheVersionBefore() {
    fixture.stages.endpoint.whilePromoting = this::callBack;

    RunStatus end = WorkflowFixture.end(fixture.startApproved("2"));

    assertEquals(Verdict.ROLLED_BACK, end.verdict(), end.message());
    assertEquals(List.of("shift 2 5", "shift 2 50", "promote 2", "restore 1"), changes());
  }

  @Test
  void callBackDuringThePromotionOfAFirstRelease_comesTooLate() {
    fixture.stages.endpoint.serves(null);
    fixture.stages.endpoint.whilePromoting = this::callBack;

    RunStatus end = WorkflowFixture.end(fixture.startApproved("1"));

    assertEquals(Verdict.PROMOTED, end.verdict(), end.message());
    assertEquals(List.of("shift 1 100", "promote 1"), changes());
  }

  private void callBack() {
    canary().rollBack("late");
  }

  @Test
  void gatewayThatRefuses_failsTheRunAndLeavesNoRoomForALateShift() {
    fixture.stages.endpoint.gatewayRefuses = true;

    RunStatus end = WorkflowFixture.end(fixture.startApproved("2"));

    assertEquals(Verdict.FAILED, end.verdict());
    assertEquals("GATEWAY_REFUSED: the package does not verify", end.message());
    assertEquals(List.of("fence"), changes());
  }

  @Test
  void endpointThatSomebodyElseChanged_endsTheCanary() {
    fixture.stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow run = fixture.startApproved("2");
    fixture.until(() -> changes().contains("shift 2 5"));

    fixture.stages.endpoint.restoreStable(
        new RestoreInput(Examples.ENDPOINT, "0", "by hand", "hand", 0, List.of(), false));
    fixture.stages.endpoint.requestsPerLook = 100;
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.ROLLED_BACK, end.verdict(), end.message());
    assertEquals("ENDPOINT_CHANGED: manifest 2, seen 1", reason(end));
    assertEquals(List.of("shift 2 5", "restore 0"), changes());
  }

  @Test
  void secondCanary_waitsForTheFirst() {
    fixture.stages.endpoint.requestsPerLook = 3;
    PipelineWorkflow first = fixture.startApproved("2");
    fixture.until(() -> changes().contains("shift 2 5"));
    PipelineWorkflow second = fixture.startApproved("3");
    fixture.until(
        () ->
            second
                .status()
                .stages()
                .get(Stage.DEPLOYMENT.ordinal())
                .message()
                .contains("another canary runs on tips"));

    // By now it looks for itself every five minutes.
    fixture.environment.sleep(Duration.ofSeconds(320));
    fixture.stages.endpoint.harmAtLook = fixture.stages.endpoint.looks() + 1;
    fixture.until(() -> changes().contains("restore 1"));
    int seconds = fixture.until(() -> changes().contains("shift 3 5"));
    assertEquals(Verdict.ROLLED_BACK, WorkflowFixture.end(first).verdict());
    WorkflowFixture.end(second);

    assertTrue(seconds <= 15, seconds + " seconds after the first had ended");

    assertEquals(List.of("shift 2 5", "restore 1", "shift 3 5", "restore 1"), changes());
  }

  @Test
  void secondOfTwoRunsValidatedTogether_doesNotReplaceTheFirst() {
    PipelineWorkflow first = fixture.startToReview(Examples.input("2", 1, Examples.Pace.PATIENT));
    PipelineWorkflow second = fixture.startToReview(Examples.input("3", 1, Examples.Pace.PATIENT));
    first.submitDecision(FakeReview.decision("alice", DecisionKind.APPROVE));
    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(first).verdict());

    second.submitDecision(FakeReview.decision("alice", DecisionKind.APPROVE));
    RunStatus end = WorkflowFixture.end(second);

    assertEquals(List.of("shift 2 5", "shift 2 50", "promote 2"), changes());
    assertEquals(Verdict.FAILED, end.verdict());
    assertEquals(
        "ENDPOINT_CHANGED: the gates compared tips@3 with version 1, and now version 2 is stable on"
            + " tips: run the pipeline as a new version, which is compared with that",
        end.message());
  }

  @Test
  void versionThatBecomesStableDuringValidation_isComparedWithToo() {
    fixture.stages.whileValidating =
        () -> fixture.stages.endpoint.serves(Examples.modelPackage("7"));

    RunStatus end = WorkflowFixture.end(fixture.startApproved("8"));

    assertEquals(List.of("1", "7"), fixture.stages.baselines);
    assertEquals(Verdict.PROMOTED, end.verdict(), end.message());
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
