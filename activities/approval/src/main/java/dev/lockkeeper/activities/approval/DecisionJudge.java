package dev.lockkeeper.activities.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.DecisionVerifier;
import dev.lockkeeper.attestation.ssh.AllowedSigners;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

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
    return verify(sent, accepted);
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

  /** A closed document: writing what was read must give what was sent, field by field. */
  private static DecisionDocument parse(SignedDecision sent) throws DecisionRefusedException {
    if (sent.document().length() + sent.signature().length() > SignedDecision.MAXIMUM_LENGTH) {
      throw new DecisionRefusedException(
          "larger than " + SignedDecision.MAXIMUM_LENGTH + " characters");
    }
    try {
      JsonNode tree = Json.mapper().readTree(sent.document());
      DecisionDocument document = Json.mapper().treeToValue(tree, DecisionDocument.class);
      if (document == null
          || !Arrays.equals(Json.canonicalBytes(tree), Json.canonicalBytes(document))) {
        throw new DecisionRefusedException(
            "not a decision document: a field is missing or has another form");
      }
      requireComplete(tree, "");
      return document;
    } catch (JsonProcessingException e) {
      throw new DecisionRefusedException("not a decision document: " + e.getOriginalMessage());
    }
  }

  private static void requireComplete(JsonNode node, String path) throws DecisionRefusedException {
    for (var field : node.properties()) {
      if (field.getValue().isNull()) {
        throw new DecisionRefusedException(
            "not a decision document: " + path + field.getKey() + " is missing");
      }
      requireComplete(field.getValue(), path + field.getKey() + ".");
    }
  }

  private static void requireReason(DecisionDocument document) throws DecisionRefusedException {
    if (document.decision() == DecisionKind.REJECT && document.reason().isBlank()) {
      throw new DecisionRefusedException("a rejection needs a reason");
    }
  }
}
