package dev.lockkeeper.activities.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.Review;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A review that fewer people may decide on than the quorum asks for. */
class TooFewApproversTest {
  @TempDir private Path folder;
  private ReviewFixture fixture;
  private OpenReviewInput input;

  @BeforeEach
  void open() throws IOException {
    fixture = new ReviewFixture(folder);
    fixture.enrol("alice");
    fixture.enrol("carol");
    input = fixture.input(2, true);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void rejection_countsAndEndsTheReviewWithAStatement() throws IOException {
    Review review = early();

    DecisionReceipt receipt =
        fixture.judge(review, fixture.sign("alice", review.terms(), "alice", DecisionKind.REJECT));
    DecisionReceipt.Accepted rejection =
        assertInstanceOf(DecisionReceipt.Accepted.class, receipt, receipt.message());
    Approval closed =
        fixture.close(review, ApprovalOutcome.REJECTED, List.of(rejection.decision()));

    assertTrue(review.lacksApprovers());
    assertEquals(List.of("alice"), review.approvers());
    assertEquals(ApprovalOutcome.REJECTED, closed.outcome());
  }

  @Test
  void approval_isRefusedUntilOthersAreEnrolled() throws IOException {
    Review review = early();

    DecisionReceipt receipt =
        fixture.judge(review, fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE));

    assertInstanceOf(DecisionReceipt.Refused.class, receipt);
    assertEquals(
        "too early: the quorum is 2 and only 1 may decide; until others are enrolled a rejection"
            + " alone counts",
        receipt.message());
  }

  @Test
  void whoHasTheReview_isAskedToTryAgainUntilThePolicyChanges() throws IOException {
    Review review = early();
    OpenReviewInput known = input.withTooFew(review.terms().policyDigest());

    ApplicationFailure same = failure(() -> fixture.activities.openReview(known));
    fixture.enrol("bob");
    Review enough = fixture.activities.openReview(known);

    assertEquals("APPROVERS_MISSING", same.getType());
    assertTrue(
        same.getOriginalMessage().endsWith("goes on by itself, and meanwhile a rejection ends it"),
        same.getOriginalMessage());
    assertFalse(enough.lacksApprovers());
    assertEquals(List.of("alice", "bob"), enough.approvers());
    assertNotEquals(review.terms().nonce(), enough.terms().nonce());
  }

  @Test
  void reviewOpenedTwice_isTheSameReview() throws IOException {
    assertEquals(early(), early());
  }

  @Test
  void nobody_mayRejectWhereNobodyIsEnrolled() throws IOException {
    ReviewFixture empty = new ReviewFixture(folder.resolve("empty"));
    try (empty) {
      empty.enrol("carol");
      OpenReviewInput started = empty.input(1, true).withTooFew("");

      assertEquals(
          "APPROVERS_MISSING", failure(() -> empty.activities.openReview(started)).getType());
    }
  }

  @Test
  void reviewWithTooFew_isNotTakenForOneWithASmallerQuorum() throws IOException {
    Review review = early();
    Review smaller = new Review(review.terms(), 1, review.approvers(), review.policy());

    ApplicationFailure failure =
        failure(
            () ->
                fixture.judge(
                    smaller, fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE)));

    assertEquals("CUSTODY_BROKEN", failure.getType());
  }

  private Review early() {
    return fixture.activities.openReview(input.withTooFew(""));
  }

  private static ApplicationFailure failure(Executable call) {
    ActivityFailure failure = assertThrows(ActivityFailure.class, call);
    return (ApplicationFailure) java.util.Objects.requireNonNull(failure.getCause());
  }
}
