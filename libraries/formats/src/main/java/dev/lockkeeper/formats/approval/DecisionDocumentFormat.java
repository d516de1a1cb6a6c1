package dev.lockkeeper.formats.approval;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/**
 * The document that an approver signs (SSHSIG, namespace {@value
 * DecisionDocument#SIGNATURE_NAMESPACE}). It is closed: nobody may sign a field that a verifier
 * leaves alone.
 */
public final class DecisionDocumentFormat extends Format<DecisionDocument> {

  public static final DecisionDocumentFormat INSTANCE = new DecisionDocumentFormat();

  private DecisionDocumentFormat() {
    super("decision document", 1, UnknownFields.REFUSED);
  }

  @Override
  protected void write(DecisionDocument value, FieldWriter to) {
    to.put("terms", DecisionFields.write(value.terms()))
        .put("decision", value.decision())
        .put("approver", value.approver())
        .put("reason", value.reason());
  }

  @Override
  protected DecisionDocument readFields(FieldReader from) {
    return new DecisionDocument(
        DecisionFields.terms(from.object("terms")),
        from.constant("decision", DecisionKind.class),
        from.text("approver"),
        from.text("reason"));
  }
}
