package dev.lockkeeper.attestation.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.StatementSigner;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.AcceptedDecision;
import dev.lockkeeper.formats.approval.ApprovalOutcome;
import dev.lockkeeper.formats.approval.DecisionTerms;
import java.util.List;

/** The approval role's statement about a package: who decided what, under which policy. */
public final class ApprovalStatement {

  /** Its predicate type. */
  public static final String PREDICATE = "https://lockkeeper.dev/approval/v1";

  private ApprovalStatement() {}

  /** Signs the statement; its subject is the package's root. */
  public static byte[] sign(
      StatementSigner signer,
      ApprovalOutcome outcome,
      DecisionTerms terms,
      int quorum,
      List<AcceptedDecision> decisions) {
    Subject subject = new Subject(terms.model() + "@" + terms.version(), terms.packageRoot());
    return signer.sign(PREDICATE, List.of(subject), predicate(outcome, terms, quorum, decisions));
  }

  static JsonNode predicate(
      ApprovalOutcome outcome, DecisionTerms terms, int quorum, List<AcceptedDecision> decisions) {
    ObjectNode predicate = Json.mapper().createObjectNode();
    predicate.put("outcome", outcome.name());
    predicate.put("quorum", quorum);
    predicate.set("terms", Json.mapper().valueToTree(terms));
    predicate.set("decisions", Json.mapper().valueToTree(decisions));
    return predicate;
  }
}
