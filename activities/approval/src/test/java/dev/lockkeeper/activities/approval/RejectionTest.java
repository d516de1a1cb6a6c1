package dev.lockkeeper.activities.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.Review;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rejection stands, whatever becomes of the run that it ended. */
class RejectionTest {

  @TempDir Path folder;
  private ReviewFixture fixture;
  private Review review;
  private AcceptedDecision rejection;

  @BeforeEach
  void reject() throws IOException {
    fixture = new ReviewFixture(folder);
    fixture.enrol("alice");
    fixture.enrol("bob");
    review = fixture.open(1);
    rejection = decide("alice", DecisionKind.REJECT);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void rejectedReview_closes() {
    Approval closed = fixture.close(review, ApprovalOutcome.REJECTED, List.of(rejection));
    assertEquals(ApprovalOutcome.REJECTED, closed.outcome());
  }

  @Test
  void secondApproverOfARunThatForgotTheRejection_doesNotCloseIt() throws IOException {
    fixture.reset();
    AcceptedDecision approval = decide("bob", DecisionKind.APPROVE);

    assertNotApproved(() -> fixture.close(review, ApprovalOutcome.APPROVED, List.of(approval)));
  }

  @Test
  void runThatWasResetToBeforeItsReview_opensNone() {
    fixture.reset();

    assertNotApproved(() -> fixture.activities.openReview(fixture.input(1, true)));
  }

  private AcceptedDecision decide(String who, DecisionKind kind) throws IOException {
    DecisionReceipt receipt = fixture.judge(review, fixture.sign(who, review.terms(), who, kind));
    return assertInstanceOf(DecisionReceipt.Accepted.class, receipt).decision();
  }

  private interface Step {
    void take() throws IOException;
  }

  private void assertNotApproved(Step step) {
    ApplicationFailure refused =
        fixture.stage.failure(
            () -> {
              try {
                step.take();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertEquals("NOT_APPROVED", refused.getType());
    assertTrue(refused.isNonRetryable());
    assertEquals(
        "package "
            + fixture.root()
            + " was rejected by alice at 2026-11-23T12:00:00Z in run tips@2 (looked at the"
            + " report): start a run with a new version",
        refused.getOriginalMessage());
  }
}
