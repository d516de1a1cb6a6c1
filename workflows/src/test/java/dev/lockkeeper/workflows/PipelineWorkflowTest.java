package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.run.Stage;
import dev.lockkeeper.workflows.Examples.Pace;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineWorkflowTest {
  private final WorkflowFixture fixture = fixture();

  WorkflowFixture fixture() {
    return new WorkflowFixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void approvedRun_isPromotedAndWatched() {
    PipelineWorkflow run = fixture.startApproved("1");

    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.PROMOTED, end.verdict(), end.message());
    assertEquals("tips@1 serves tips", end.message());
    assertTrue(end.stages().stream().allMatch(stage -> stage.state() == StageState.DONE));
    assertTrue(end.stages().stream().allMatch(stage -> stage.statement() != null));
    assertEquals(List.of("shift 1 100", "promote 1"), fixture.stages.endpoint.changes);
    fixture.until(() -> fixture.stages.watch.windows.get() > 0);
  }

  @Test
  void rejectedRun_neverReachesTheEndpoint() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 2, Pace.PATIENT));

    run.decide(FakeReview.decision("bob", DecisionKind.REJECT));
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.REJECTED, end.verdict());
    assertEquals("approval: rejected by bob", end.message());
    assertEquals(StageState.REFUSED, stage(end, Stage.APPROVAL).state());
    assertEquals(List.of(), fixture.stages.endpoint.changes);
  }

  @Test
  void undecidedRun_isRemindedOfAndExpires() {
    PipelineWorkflow run = fixture.start(Examples.input("1", 1, Pace.PATIENT));

    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.REJECTED, end.verdict());
    assertTrue(
        end.message().startsWith("approval: expired: 0 of 1 decisions came before"), end.message());
    assertEquals(5, fixture.stages.review.reminders.get());
  }

  @Test
  void quorumOfTwo_needsTwoPeople() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 2, Pace.PATIENT));

    run.submitDecision(FakeReview.decision("alice", DecisionKind.APPROVE));
    DecisionReceipt again =
        run.submitDecision(new SignedDecision(FakeReview.NONCE + " alice APPROVE ", "valid", ""));
    assertInstanceOf(DecisionReceipt.Refused.class, again);
    assertEquals("alice decided before", again.message());
    assertEquals(1, run.review().accepted().size());
    run.submitDecision(FakeReview.decision("bob", DecisionKind.APPROVE));

    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(run).verdict());
  }

  @Test
  void unsignedSignal_changesNothingAndIsRemembered() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));

    run.decide(new SignedDecision(FakeReview.NONCE + " alice APPROVE", "forged", ""));
    fixture.until(() -> !run.review().refused().isEmpty());

    assertTrue(run.review().accepted().isEmpty());
    assertTrue(
        run.review().refused().get(0).endsWith("the signature does not verify"),
        run.review().refused().toString());
    run.submitDecision(FakeReview.decision("alice", DecisionKind.APPROVE));
    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(run).verdict());
  }

  @Test
  void floodOfSignals_isNotJudgedAndADecisionStillCounts() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));

    for (int i = 0; i < 300; i++) {
      run.decide(new SignedDecision("noise " + i, "noise", ""));
    }
    run.submitDecision(FakeReview.decision("alice", DecisionKind.APPROVE));

    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(run).verdict());
    assertEquals(1, fixture.stages.review.judged.get());
    assertEquals(20, run.review().refused().size());
  }

  static Stream<Object> noDecisions() {
    return Stream.of("text", 42, List.of(1), Map.of("foo", 1), Map.of("document", Map.of("a", 1)));
  }

  @ParameterizedTest
  @MethodSource("noDecisions")
  void whatIsNoDecisionAtAll_isRefusedAndRemembered(Object sent) {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));

    WorkflowStub.fromTyped(run).signal("decide", sent);
    fixture.until(() -> !run.review().refused().isEmpty());

    assertTrue(run.review().refused().get(0).contains("does not carry this review's nonce"));
  }

  @Test
  void decisionWithoutFields_isRefused() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));

    WorkflowStub.fromTyped(run).signal("decide", java.util.Map.of());
    fixture.until(() -> !run.review().refused().isEmpty());

    assertTrue(run.review().refused().get(0).contains("does not carry this review's nonce"));
  }

  @Test
  void decisionThatCannotBeJudged_isRefusedAndMayBeSentAgain() {
    fixture.stages.review.trouble = FailureType.STORE_UNAVAILABLE;
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));
    SignedDecision decision = FakeReview.decision("alice", DecisionKind.APPROVE);

    run.decide(decision);
    fixture.until(() -> !run.review().refused().isEmpty());
    fixture.stages.review.trouble = null;
    DecisionReceipt counts = run.submitDecision(decision);

    assertTrue(
        run.review().refused().get(0).contains("could not be judged, send it again later"),
        run.review().refused().toString());
    assertEquals("counts", counts.message());
  }

  @Test
  void decisionThatBreaksTheRun_isAnsweredAndTheRunEnds() {
    fixture.stages.review.trouble = FailureType.CUSTODY_BROKEN;
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));

    DecisionReceipt receipt =
        run.submitDecision(FakeReview.decision("alice", DecisionKind.APPROVE));
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(
        "not judged, the run ends: CUSTODY_BROKEN: the judge is in trouble", receipt.message());
    assertEquals(Verdict.FAILED, end.verdict());
    assertEquals("CUSTODY_BROKEN: the judge is in trouble", end.message());
  }

  @Test
  void decisionWithoutSignature_isJudgedAsUnsigned() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));

    WorkflowStub.fromTyped(run)
        .signal("decide", java.util.Map.of("document", FakeReview.NONCE + " alice APPROVE"));
    fixture.until(() -> !run.review().refused().isEmpty());

    assertTrue(run.review().refused().get(0).endsWith("the signature does not verify"));
  }

  @Test
  void hugeUpdate_isRefusedBeforeItEntersTheHistory() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));
    SignedDecision huge = new SignedDecision(FakeReview.NONCE + "x".repeat(20_000), "valid", "");

    WorkflowUpdateException refusal =
        assertThrows(WorkflowUpdateException.class, () -> run.submitDecision(huge));

    String message = Objects.requireNonNull(refusal.getCause()).getMessage();
    assertNotNull(message);
    assertTrue(message.contains("a decision of 20015 characters: at most 16384"), message);
  }

  @Test
  void brokenContract_endsTheRunWithColumnRuleCountAndExamples() {
    fixture.stages.breaches =
        List.of(
            new ContractBreach(
                "fare", "minimum", "at least 0", 3, 1000, List.of("line 17: '-2.0'")));

    RunStatus end = WorkflowFixture.end(fixture.start(Examples.input("1", 1, Pace.PATIENT)));

    assertEquals(Verdict.REJECTED, end.verdict());
    assertEquals(
        "ingestion: column 'fare', minimum: expected at least 0, 3 of 1000 rows differ;"
            + " line 17: '-2.0'",
        end.message());
    assertEquals(StageState.PENDING, stage(end, Stage.FEATURES).state());
    assertEquals(1, end.reports().size());
  }

  @Test
  void failedGate_endsTheRunWithTheGate() {
    fixture.stages.gatePasses = false;

    RunStatus end = WorkflowFixture.end(fixture.start(Examples.input("1", 1, Pace.PATIENT)));

    assertEquals(Verdict.REJECTED, end.verdict());
    assertEquals("validation: auc minimum: 0.6 is below 0.7", end.message());
    assertEquals("auc", end.metrics().get(0).name());
  }

  @Test
  void unavailableStore_isRetriedAndTheAttemptsAreSeen() {
    fixture.stages.trainingFailures = 2;

    RunStatus end = WorkflowFixture.end(fixture.startApproved("1"));

    assertEquals(3, stage(end, Stage.TRAINING).attempts());
    assertEquals(Verdict.PROMOTED, end.verdict());
  }

  @Test
  void brokenCustody_isNotRetriedAndFailsTheRun() {
    fixture.stages.trainingFailures = 1;
    fixture.stages.trainingFailure = FailureType.CUSTODY_BROKEN;

    RunStatus end = WorkflowFixture.end(fixture.start(Examples.input("1", 1, Pace.PATIENT)));

    assertEquals(Verdict.FAILED, end.verdict());
    assertEquals("CUSTODY_BROKEN: attempt 1 did not work", end.message());
    assertEquals(StageState.FAILED, stage(end, Stage.TRAINING).state());
  }

  @Test
  void cancelledRun_isCancelledForTemporalAndInItsStatus() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));

    WorkflowStub.fromTyped(run).cancel();
    assertThrows(io.temporal.client.WorkflowFailedException.class, () -> WorkflowFixture.end(run));

    assertEquals(Verdict.CANCELLED, run.status().verdict());
    assertNull(run.review().review());
  }

  @Test
  void openReview_saysWhoMustDecideUntilWhen() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 1, Pace.PATIENT));

    RunStatus status = run.status();

    assertNull(status.verdict());
    StageStatus approval = stage(status, Stage.APPROVAL);
    assertEquals(StageState.WAITING, approval.state());
    assertEquals(
        90, approval.secondsAt(Objects.requireNonNull(approval.startedAt()).plusSeconds(90)));
    StageStatus ingestion = stage(status, Stage.INGESTION);
    assertEquals(ingestion.seconds(), ingestion.secondsAt(approval.startedAt().plusSeconds(90)));
    assertTrue(status.message().startsWith("approval: 1 decision(s) by alice, bob until 20"));
    assertNotNull(run.review().page());
    assertFalse(run.review().gates().isEmpty());
  }

  private static StageStatus stage(RunStatus status, Stage stage) {
    return status.stages().get(stage.ordinal());
  }
}
