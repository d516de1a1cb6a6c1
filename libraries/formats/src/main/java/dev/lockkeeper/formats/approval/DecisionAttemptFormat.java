package dev.lockkeeper.formats.approval;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/** An attempt to decide as it lies in the evidence zone. Nothing signs it but what was sent. */
public final class DecisionAttemptFormat extends Format<DecisionAttempt> {

  public static final DecisionAttemptFormat INSTANCE = new DecisionAttemptFormat();

  private DecisionAttemptFormat() {
    super("decision attempt", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(DecisionAttempt value, FieldWriter to) {
    AcceptedDecision decision = value.decision();
    to.put("receivedAt", value.receivedAt())
        .put("runId", value.runId())
        .put("sent", DecisionFields.write(value.sent()))
        .put("decision", decision == null ? null : DecisionFields.write(decision))
        .put("message", value.message());
  }

  @Override
  protected DecisionAttempt readFields(FieldReader from) {
    FieldReader decision = from.optionalObject("decision");
    return new DecisionAttempt(
        from.time("receivedAt"),
        from.text("runId"),
        DecisionFields.signed(from.object("sent")),
        decision == null ? null : DecisionFields.accepted(decision),
        from.text("message"));
  }
}
