package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.ssh.AllowedSigners;
import dev.lockkeeper.attestation.ssh.SshSignature;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionDocumentFormat;
import dev.lockkeeper.formats.approval.DecisionFields;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.approval.SignedDecision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Verifies one approver's decision: at the approval stage when it arrives, and again wherever the
 * model would be served.
 *
 * @param signers who may approve
 */
public record DecisionVerifier(AllowedSigners signers) {

  /**
   * Verifies a decision against the terms it must bind.
   *
   * @param startedBy the principal who started the run, who may not decide
   * @param at when the key must be enrolled
   * @return the decision as it counts
   * @throws CustodyException with the failing check
   */
  public AcceptedDecision verify(
      SignedDecision signed, DecisionTerms terms, String startedBy, Instant at) {
    if (signed.document().length() + signed.signature().length() > SignedDecision.MAXIMUM_LENGTH) {
      throw new CustodyException(
          "decision: longer than "
              + SignedDecision.MAXIMUM_LENGTH
              + " characters; nothing of it was read");
    }
    byte[] message = signed.document().getBytes(StandardCharsets.UTF_8);
    SshSignature signature = SshSignature.parse(signed.signature());
    signature.verify(DecisionDocument.SIGNATURE_NAMESPACE, message);
    DecisionDocument document = document(message);
    signers.require(document.approver(), signature, DecisionDocument.SIGNATURE_NAMESPACE, at);
    if (!document.terms().equals(terms)) {
      throw new CustodyException("decision: it binds " + difference(document.terms(), terms));
    }
    if (document.approver().equals(startedBy)) {
      throw new CustodyException(
          "decision: '"
              + startedBy
              + "' started the run and may not decide on it; ask another approver");
    }
    return new AcceptedDecision(
        document.approver(),
        signature.fingerprint(),
        document.decision(),
        document.reason(),
        signed);
  }

  /**
   * Requires that a further decision is by another person with another key.
   *
   * @throws CustodyException if it is not
   */
  public static void requireDistinct(List<AcceptedDecision> accepted, AcceptedDecision further) {
    for (AcceptedDecision other : accepted) {
      if (other.approver().equals(further.approver())) {
        throw new CustodyException("decision: '" + further.approver() + "' has decided already");
      }
      if (other.keyFingerprint().equals(further.keyFingerprint())) {
        throw new CustodyException(
            "decision: key " + further.keyFingerprint() + " has decided already");
      }
    }
  }

  private static DecisionDocument document(byte[] message) {
    try {
      return DecisionDocumentFormat.INSTANCE.read(message);
    } catch (FormatException e) {
      throw new CustodyException("decision: " + e.getMessage(), e);
    }
  }

  private static String difference(DecisionTerms actual, DecisionTerms expected) {
    var left = DecisionFields.write(actual).json();
    var right = DecisionFields.write(expected).json();
    for (var field : (Iterable<String>) right::fieldNames) {
      if (!right.get(field).equals(left.get(field))) {
        return field + " " + left.get(field) + ", this review is about " + right.get(field);
      }
    }
    return "other terms";
  }
}
