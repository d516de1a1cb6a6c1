package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.deployment.Inconclusive;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A canary that can show neither harm nor that the margin is kept asks the run's approvers. */
class AskedApproversTest {

  private final WorkflowFixture fixture = new WorkflowFixture();

  @BeforeEach
  void serveVersionOne() {
    fixture.stages.endpoint.serves(Examples.modelPackage("1"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void marginThatIsNotShown_isPromotedIfTheApproversConsent() {
    PipelineWorkflow run = asked();
    assertEquals(
        "tips@2: not shown to be harmless, up to 2.00 % more failures than the stable version"
            + " (margin 1.00 %); no harm shown",
        run.review().findings().get(0));

    run.submitDecision(FakeReview.decision("bob", DecisionKind.APPROVE));
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.PROMOTED, end.verdict(), end.message());
    assertEquals(
        List.of("bob"),
        fixture.stages.endpoint.consent.decisions().stream()
            .map(AcceptedDecision::approver)
            .toList());
  }

  @Test
  void marginThatIsNotShown_isTakenBackIfAnApproverRejects() {
    PipelineWorkflow run = asked();

    run.submitDecision(FakeReview.decision("bob", DecisionKind.REJECT));
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.ROLLED_BACK, end.verdict(), end.message());
    assertTrue(
        end.message().endsWith("called back: the approvers did not consent: REJECTED"),
        end.message());
    assertEquals(List.of("shift 2 5", "shift 2 50", "restore 1"), fixture.stages.endpoint.changes);
  }

  @Test
  void questionThatTheCanaryAnswersItself_isWithdrawn() {
    PipelineWorkflow run = asked();

    fixture.stages.endpoint.insideAtLook = fixture.stages.endpoint.looks() + 1;
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.PROMOTED, end.verdict(), end.message());
    assertNull(fixture.stages.endpoint.consent);
    assertNull(run.review().review());
  }

  @Test
  void cancelledRun_takesBackWhatItsApproversAreAskedAbout() {
    PipelineWorkflow run = asked();

    WorkflowStub.fromTyped(run).cancel();

    assertThrows(WorkflowFailedException.class, () -> WorkflowFixture.end(run));
    assertEquals(List.of("shift 2 5", "shift 2 50", "restore 1"), fixture.stages.endpoint.changes);
  }

  /** A run whose canary waits for its approvers. */
  private PipelineWorkflow asked() {
    fixture.stages.endpoint.signs = true;
    PipelineWorkflow run = fixture.startApproved(Examples.withMargin("2", 0.01, Inconclusive.ASK));
    fixture.until(() -> fixture.stages.endpoint.looks() > 0 && run.review().review() != null);
    return run;
  }
}
