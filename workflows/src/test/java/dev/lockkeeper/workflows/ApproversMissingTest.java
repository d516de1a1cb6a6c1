package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.workflows.Examples.Pace;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run whose quorum nobody can meet yet. */
class ApproversMissingTest {
  private WorkflowFixture fixture;

  @BeforeEach
  void start() {
    fixture = new WorkflowFixture();
    fixture.stages.review.enrolled = List.of("alice");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void rejectionByWhoIsEnrolled_endsTheRun() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 2, Pace.PATIENT));
    assertTrue(
        run.status()
            .message()
            .startsWith(
                "approval: more approvers: 2 are needed, and a rejection by alice until 20"),
        run.status().message());

    run.submitDecision(decision(run, "alice", DecisionKind.REJECT));
    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.REJECTED, end.verdict());
    assertEquals("approval: rejected by alice", end.message());
    assertEquals(List.of(), fixture.stages.endpoint.changes);
  }

  @Test
  void approval_countsInTheReviewThatOpensOnceEnoughAreEnrolled() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 2, Pace.PATIENT));
    String early = nonce(run);
    assertEquals(
        "too few are enrolled",
        run.submitDecision(decision(run, "alice", DecisionKind.APPROVE)).message());

    fixture.stages.review.enrolled = List.of("alice", "bob");
    int seconds = fixture.until(() -> !nonce(run).equals(early));
    run.submitDecision(decision(run, "alice", DecisionKind.APPROVE));
    run.submitDecision(decision(run, "bob", DecisionKind.APPROVE));

    assertTrue(seconds <= 61, seconds + " s");
    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(run).verdict());
  }

  @Test
  void eachWhoIsEnrolled_mayRejectAsSoonAsTheyAre() {
    PipelineWorkflow run = fixture.startToReview(Examples.input("1", 3, Pace.PATIENT));
    String early = nonce(run);
    fixture.stages.review.enrolled = List.of("alice", "bob");
    fixture.until(() -> !nonce(run).equals(early));
    assertNotEquals(FakeReview.NONCE, nonce(run), "two are too few for three");

    run.submitDecision(decision(run, "bob", DecisionKind.REJECT));

    assertEquals("approval: rejected by bob", WorkflowFixture.end(run).message());
  }

  @Test
  void runThatNobodyMayDecideOn_isTriedAgainAndGoesOn() {
    fixture.stages.review.enrolled = List.of();
    PipelineWorkflow run = fixture.start(Examples.input("1", 1, Pace.PATIENT));
    fixture.until(() -> run.status().message().equals("approval: opening the review"));
    assertNull(run.review().review());

    fixture.stages.review.enrolled = List.of("alice");
    fixture.until(() -> run.review().review() != null);
    run.submitDecision(decision(run, "alice", DecisionKind.APPROVE));

    assertEquals(Verdict.PROMOTED, WorkflowFixture.end(run).verdict());
  }

  @Test
  void undecidedRun_expires() {
    PipelineWorkflow run = fixture.start(Examples.input("1", 2, Pace.BRISK));

    RunStatus end = WorkflowFixture.end(run);

    assertEquals(Verdict.REJECTED, end.verdict());
    assertTrue(end.message().startsWith("approval: expired: 0 of 2 decisions"), end.message());
  }

  private static SignedDecision decision(PipelineWorkflow run, String who, DecisionKind kind) {
    return FakeReview.decision(nonce(run), who, kind);
  }

  private static String nonce(PipelineWorkflow run) {
    Review open = run.review().review();
    return open == null ? "" : open.terms().nonce();
  }
}
