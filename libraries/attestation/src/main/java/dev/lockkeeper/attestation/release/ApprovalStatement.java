package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.StatementSigner;
import dev.lockkeeper.attestation.StatementVerifier;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.ClosedReview;
import dev.lockkeeper.formats.approval.ClosedReviewFormat;
import dev.lockkeeper.formats.approval.DecisionTerms;
import dev.lockkeeper.formats.run.Role;
import java.util.List;

/** The approval role's statement about a package: who decided what, under which policy. */
public final class ApprovalStatement {

  private ApprovalStatement() {}

  /** Signs the statement; its subject is the package's root. */
  public static byte[] sign(
      StatementSigner signer,
      ApprovalOutcome outcome,
      DecisionTerms terms,
      int quorum,
      List<AcceptedDecision> decisions) {
    Subject subject = new Subject(terms.model() + "@" + terms.version(), terms.packageRoot());
    ClosedReview review = new ClosedReview(outcome, terms, quorum, decisions);
    return signer.sign(
        ClosedReviewFormat.PREDICATE,
        List.of(subject),
        ClosedReviewFormat.INSTANCE.fields(review).json());
  }

  /**
   * Verifies a statement and reads what it says of a package from the signed bytes.
   *
   * @param root the package's root digest
   * @throws CustodyException with the failing check
   */
  public static ClosedReview open(byte[] envelope, String root, StatementVerifier verifier) {
    VerifiedStatement statement = verifier.verify(envelope, Role.APPROVAL);
    if (!statement.predicateType().equals(ClosedReviewFormat.PREDICATE)) {
      throw new CustodyException(
          "approval statement: its predicate type is '"
              + statement.predicateType()
              + "', expected '"
              + ClosedReviewFormat.PREDICATE
              + "'");
    }
    statement.requireSubject(root, "package root");
    try {
      return ClosedReviewFormat.INSTANCE.read(statement.predicate());
    } catch (FormatException e) {
      throw new CustodyException("approval statement: " + e.getMessage(), e);
    }
  }
}
