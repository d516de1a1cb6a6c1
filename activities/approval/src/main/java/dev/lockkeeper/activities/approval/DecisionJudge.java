package dev.lockkeeper.activities.approval;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.DecisionVerifier;
import dev.lockkeeper.attestation.ssh.AllowedSigners;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges decisions on one review, check by check.
 *
 * @param review the review as it was opened
 * @param signers the allowed signers pinned when it was opened
 * @param startedBy who started the run and may not decide on it
 */
record DecisionJudge(Review review, AllowedSigners signers, String startedBy) {

  /** Judges a decision that has just come in: its key must still be enrolled. */
  AcceptedDecision judge(SignedDecision sent, List<AcceptedDecision> accepted, Instant now)
      throws DecisionRefusedException {
    requireOpen(now);
    verify(sent, accepted, now);
    AcceptedDecision decision = verify(sent, accepted);
    if (review.lacksApprovers() && decision.decision() == DecisionKind.APPROVE) {
      throw new DecisionRefusedException(
          "too early: the quorum is "
              + review.quorum()
              + " and only "
              + review.approvers().size()
              + " may decide; until others are enrolled a rejection alone counts");
    }
    return decision;
  }

  /** Why a decision does not count whose key is enrolled by now; null if that is not it. */
  @Nullable String enrolledTooLate(
      SignedDecision sent, List<AcceptedDecision> accepted, AllowedSigners today, Instant now) {
    try {
      new DecisionJudge(review, today, startedBy).verify(sent, accepted, now);
    } catch (DecisionRefusedException stillRefused) {
      return null;
    }
    try {
      verify(sent, accepted);
      return null;
    } catch (DecisionRefusedException refused) {
      return refused.getMessage()
          + ": it was enrolled after this review was opened at "
          + review.terms().notBefore()
          + ", and counts from the next review on";
    }
  }

  /** Judges a decision that came in while the review was open, as every later verifier does. */
  AcceptedDecision verify(SignedDecision sent, List<AcceptedDecision> accepted)
      throws DecisionRefusedException {
    return verify(sent, accepted, review.terms().notBefore());
  }

  private AcceptedDecision verify(
      SignedDecision sent, List<AcceptedDecision> accepted, Instant enrolled)
      throws DecisionRefusedException {
    requireReason(parse(sent));
    try {
      AcceptedDecision decision =
          new DecisionVerifier(signers).verify(sent, review.terms(), startedBy, enrolled);
      DecisionVerifier.requireDistinct(accepted, decision);
      return decision;
    } catch (CustodyException failing) {
      throw new DecisionRefusedException(String.valueOf(failing.getMessage()));
    }
  }

  private void requireOpen(Instant now) throws DecisionRefusedException {
    DecisionTerms terms = review.terms();
    if (now.isBefore(terms.notBefore())) {
      throw new DecisionRefusedException(
          "too early: decisions are valid from " + terms.notBefore() + ", and it is " + now);
    }
    if (!now.isBefore(terms.expires())) {
      throw new DecisionRefusedException("too late: the review expired at " + terms.expires());
    }
  }

  private static DecisionDocument parse(SignedDecision sent) throws DecisionRefusedException {
    if (sent.document().length() + sent.signature().length() > SignedDecision.MAXIMUM_LENGTH) {
      throw new DecisionRefusedException(
          "larger than " + SignedDecision.MAXIMUM_LENGTH + " characters");
    }
    try {
      return DecisionDocumentFormat.INSTANCE.read(sent.document().getBytes(StandardCharsets.UTF_8));
    } catch (FormatException e) {
      throw new DecisionRefusedException("not a decision document: " + e.getMessage());
    }
  }

  private static void requireReason(DecisionDocument document) throws DecisionRefusedException {
    if (document.decision() == DecisionKind.REJECT && document.reason().isBlank()) {
      throw new DecisionRefusedException("a rejection needs a reason");
    }
  }
}
