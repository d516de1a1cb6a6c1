package dev.lockkeeper.formats.approval;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;

/** What a decision binds, and the decision itself, as parts of documents. */
public final class DecisionFields {

  private DecisionFields() {}

  /** What a decision binds. */
  public static FieldWriter write(DecisionTerms terms) {
    return new FieldWriter()
        .put("action", terms.action())
        .put("namespace", terms.namespace())
        .put("workflowId", terms.workflowId())
        .put("runId", terms.runId())
        .put("model", terms.model())
        .put("version", terms.version())
        .put("target", terms.target())
        .put("packageRoot", terms.packageRoot())
        .put("evidenceDigest", terms.evidenceDigest())
        .put("policyDigest", terms.policyDigest())
        .put("nonce", terms.nonce())
        .put("notBefore", terms.notBefore())
        .put("expires", terms.expires());
  }

  static DecisionTerms terms(FieldReader from) {
    return new DecisionTerms(
        from.text("action"),
        from.text("namespace"),
        from.text("workflowId"),
        from.text("runId"),
        from.text("model"),
        from.text("version"),
        from.text("target"),
        from.text("packageRoot"),
        from.text("evidenceDigest"),
        from.text("policyDigest"),
        from.text("nonce"),
        from.time("notBefore"),
        from.time("expires"));
  }

  /** What was sent, as it was sent. */
  public static FieldWriter write(SignedDecision signed) {
    return new FieldWriter()
        .put("document", signed.document())
        .put("signature", signed.signature())
        .put("traceparent", signed.traceparent());
  }

  public static SignedDecision signed(FieldReader from) {
    return new SignedDecision(
        from.text("document"), from.text("signature"), from.text("traceparent"));
  }

  /** A decision that counted. */
  public static FieldWriter write(AcceptedDecision decision) {
    return new FieldWriter()
        .put("approver", decision.approver())
        .put("keyFingerprint", decision.keyFingerprint())
        .put("decision", decision.decision())
        .put("reason", decision.reason())
        .put("signed", write(decision.signed()));
  }

  public static AcceptedDecision accepted(FieldReader from) {
    return new AcceptedDecision(
        from.text("approver"),
        from.text("keyFingerprint"),
        from.constant("decision", DecisionKind.class),
        from.text("reason"),
        signed(from.object("signed")));
  }
}
