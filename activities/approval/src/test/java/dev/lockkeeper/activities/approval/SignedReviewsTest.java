package dev.lockkeeper.activities.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.OpenReviewInput;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.Approval;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionAttempt;
import dev.lockkeeper.formats.approval.DecisionAttemptFormat;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SignedReviewsTest {
  @TempDir private Path folder;
  private ReviewFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new ReviewFixture(folder);
    fixture.enrol("alice");
    fixture.enrol("bob");
    fixture.enrol("carol");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void review_namesWhoMayDecideAndLeavesOutTheStarter() throws IOException {
    Review review = fixture.open(2);

    assertEquals(List.of("alice", "bob"), review.approvers());
    assertEquals(fixture.root(), review.terms().packageRoot());
    assertEquals(review.policy().sha256(), review.terms().policyDigest());
    assertEquals(32, review.terms().nonce().length());
  }

  @Test
  void reviewOpenedTwice_isTheSameReview() throws IOException {
    OpenReviewInput input = fixture.input(1, true);

    assertEquals(fixture.activities.openReview(input), fixture.activities.openReview(input));
  }

  @Test
  void quorumNobodyCanMeet_isTriedAgainAndSaysHowToEnrol() {
    ApplicationFailure failure = failure(() -> fixture.open(3));

    assertEquals("APPROVERS_MISSING", failure.getType());
    assertFalse(failure.isNonRetryable());
    assertTrue(
        failure
            .getOriginalMessage()
            .startsWith(
                "the quorum is 3 but only 2 people other than 'carol' may approve [alice, bob]:"
                    + " enrol another approver with a line in trust/allowed_signers"),
        failure.getOriginalMessage());
  }

  @Test
  void modelThatFailedItsGates_isNotReviewed() {
    ApplicationFailure failure =
        failure(() -> fixture.activities.openReview(fixture.input(1, false)));

    assertEquals("CUSTODY_BROKEN", failure.getType());
    assertEquals(
        "the gate statement says 'FAILED': only a model that passed is decided on",
        failure.getOriginalMessage());
  }

  @Test
  void signedApproval_counts() throws IOException {
    Review review = fixture.open(1);

    DecisionReceipt receipt =
        fixture.judge(review, fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE));

    assertEquals("counts: 1 of 1 approvals", receipt.message());
    assertEquals("alice", accepted(receipt).approver());
    assertEquals(1, attempts(review));
  }

  @Test
  void resetRun_goesOnWithTheReviewThatWasOpened() throws IOException {
    Review review = fixture.open(1);
    SignedDecision approval = fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE);
    fixture.reset();

    AcceptedDecision accepted = accepted(fixture.judge(review, approval));
    Approval approved = fixture.close(review, ApprovalOutcome.APPROVED, List.of(accepted));

    assertEquals(review.terms(), approved.terms());
  }

  @Test
  void unknownKey_isRefusedAndRecorded() throws IOException {
    Review review = fixture.open(1);
    fixture.visit("mallory");

    DecisionReceipt receipt =
        fixture.judge(
            review, fixture.sign("mallory", review.terms(), "alice", DecisionKind.APPROVE));

    assertRefused(receipt, "is not enrolled for 'alice'");
    assertEquals(1, attempts(review));
  }

  @Test
  void starter_mayNotDecide() throws IOException {
    Review review = fixture.open(1);

    assertRefused(
        fixture.judge(review, fixture.sign("carol", review.terms(), "carol", DecisionKind.APPROVE)),
        "'carol' started the run");
  }

  @Test
  void damagedSignature_isRefusedWhereverItIsDamaged() throws IOException {
    Review review = fixture.open(1);
    SignedDecision good = fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE);
    String body = good.signature().replaceAll("-----[^-]+-----|\\s", "");
    byte[] blob = Base64.getDecoder().decode(body);
    for (int i = 0; i < blob.length; i++) {
      byte[] damaged = blob.clone();
      damaged[i] ^= (byte) 0x81;
      String armored =
          "-----BEGIN SSH SIGNATURE-----\n"
              + Base64.getEncoder().encodeToString(damaged)
              + "\n-----END SSH SIGNATURE-----\n";

      assertInstanceOf(
          DecisionReceipt.Refused.class,
          fixture.judge(review, new SignedDecision(good.document(), armored, "")),
          "byte " + i);
    }
  }

  @Test
  void changedDocument_isRefused() throws IOException {
    Review review = fixture.open(1);
    SignedDecision honest = fixture.sign("alice", review.terms(), "alice", DecisionKind.REJECT);
    SignedDecision forged =
        new SignedDecision(honest.document().replace("REJECT", "APPROVE"), honest.signature(), "");

    assertRefused(fixture.judge(review, forged), "does not verify");
  }

  @Test
  void decisionOnAnotherPackage_isRefusedWithTheDifference() throws IOException {
    Review review = fixture.open(1);
    DecisionTerms terms = review.terms();
    DecisionTerms other =
        new DecisionTerms(
            terms.action(),
            terms.namespace(),
            terms.workflowId(),
            terms.runId(),
            terms.model(),
            terms.version(),
            terms.target(),
            "e".repeat(64),
            terms.evidenceDigest(),
            terms.policyDigest(),
            terms.nonce(),
            terms.notBefore(),
            terms.expires());

    assertRefused(
        fixture.judge(review, fixture.sign("alice", other, "alice", DecisionKind.APPROVE)),
        "packageRoot");
  }

  @Test
  void documentWithAnExtraField_isRefused() throws IOException {
    Review review = fixture.open(1);
    String document =
        fixture
            .sign("alice", review.terms(), "alice", DecisionKind.APPROVE)
            .document()
            .replaceFirst("\\{", "{\"also\":\"this\",");

    assertRefused(
        fixture.judge(review, fixture.sign("alice", document)), "field 'also' is not known here");
  }

  @Test
  void documentWithoutAField_isRefused() throws IOException {
    Review review = fixture.open(1);
    String document =
        fixture
            .sign("alice", review.terms(), "alice", DecisionKind.APPROVE)
            .document()
            .replace("\"reason\":\"looked at the report\",", "");

    assertRefused(
        fixture.judge(review, fixture.sign("alice", document)),
        "decision document: field 'reason' is missing");
  }

  @Test
  void expiredReview_acceptsNothing() throws IOException {
    Review review = fixture.open(1);
    fixture.pass(Duration.ofHours(24));

    assertRefused(
        fixture.judge(review, fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE)),
        "too late: the review expired at 2026-11-24T12:00:00Z");
  }

  @Test
  void secondDecisionOfAPerson_isRefused() throws IOException {
    Review review = fixture.open(2);
    SignedDecision decision = fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE);
    AcceptedDecision first = accepted(fixture.judge(review, decision));

    assertRefused(fixture.judge(review, decision, first), "'alice' has decided already");
  }

  @Test
  void policyEditedDuringTheReview_doesNotDecide() throws IOException {
    Review review = fixture.open(1);
    fixture.enrol("dora");

    assertRefused(
        fixture.judge(review, fixture.sign("dora", review.terms(), "dora", DecisionKind.APPROVE)),
        ": it was enrolled after this review was opened at " + review.terms().notBefore());
  }

  @Test
  void reviewWithASmallerQuorum_isNotTheOneThatWasOpened() throws IOException {
    Review review = fixture.open(2);
    Review smaller = new Review(review.terms(), 1, review.approvers(), review.policy());
    SignedDecision decision = fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE);

    ApplicationFailure failure = failure(() -> fixture.judge(smaller, decision));

    assertEquals("CUSTODY_BROKEN", failure.getType());
    assertEquals(
        "the review of tips@2 is not the one that was opened", failure.getOriginalMessage());
  }

  @Test
  void closedReview_leavesAStatementAboutThePackage() throws IOException {
    Review review = fixture.open(1);
    AcceptedDecision decision =
        accepted(
            fixture.judge(
                review, fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE)));

    Approval approval = fixture.close(review, ApprovalOutcome.APPROVED, List.of(decision));

    VerifiedStatement statement =
        fixture.stage.context().verifyInput(approval.evidence(), Role.APPROVAL);
    statement.requireSubject(fixture.root(), "package root");
    assertEquals("APPROVED", statement.predicate().path("outcome").asText());
  }

  @Test
  void approvalWithoutTheQuorum_isNotSigned() throws IOException {
    Review review = fixture.open(2);
    AcceptedDecision decision =
        accepted(
            fixture.judge(
                review, fixture.sign("alice", review.terms(), "alice", DecisionKind.APPROVE)));

    ApplicationFailure failure =
        failure(() -> fixture.close(review, ApprovalOutcome.APPROVED, List.of(decision)));

    assertEquals(
        "the review is said to be APPROVED but its 1 decisions of 2 needed say EXPIRED",
        failure.getOriginalMessage());
  }

  @Test
  void reminder_saysWhoUntilWhenAndHow() throws IOException {
    fixture.activities.remindApprovers(fixture.open(1));

    assertEquals(
        List.of(
            "tips@2: waits for a decision by alice, bob until 2026-11-24T12:00:00Z; see:"
                + " lockkeeper review tips@2"),
        fixture.alerts);
  }

  @Test
  void attempts_areKeptWithWhatBecameOfThem() throws IOException {
    Review review = fixture.open(1);
    fixture.judge(review, new SignedDecision("{}", "nothing", ""));

    String name =
        fixture
            .stage
            .context()
            .store()
            .names(Zone.EVIDENCE, "decisions/")
            .findFirst()
            .orElseThrow();
    byte[] record = fixture.stage.context().store().readNamed(Zone.EVIDENCE, name).orElseThrow();
    DecisionAttempt attempt = DecisionAttemptFormat.INSTANCE.read(record);
    assertEquals("nothing", attempt.sent().signature());
    assertNull(attempt.decision());
  }

  private long attempts(Review review) {
    return fixture
        .stage
        .context()
        .store()
        .names(Zone.EVIDENCE, "decisions/" + review.terms().workflowId() + "/")
        .count();
  }

  private static AcceptedDecision accepted(DecisionReceipt receipt) {
    return assertInstanceOf(DecisionReceipt.Accepted.class, receipt, receipt.message()).decision();
  }

  private static void assertRefused(DecisionReceipt receipt, String why) {
    assertInstanceOf(DecisionReceipt.Refused.class, receipt);
    assertTrue(receipt.message().contains(why), receipt.message());
  }

  private static ApplicationFailure failure(Executable call) {
    ActivityFailure failure = assertThrows(ActivityFailure.class, call);
    return (ApplicationFailure) java.util.Objects.requireNonNull(failure.getCause());
  }
}
