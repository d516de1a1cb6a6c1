package dev.lockkeeper.formats.approval;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/**
 * The predicate of the approval statement (in-toto, signed by the approval role). It is closed: a
 * field that a verifier leaves alone could take back what the others say.
 */
public final class ClosedReviewFormat extends Format<ClosedReview> {

  public static final ClosedReviewFormat INSTANCE = new ClosedReviewFormat();

  /** The statement's predicate type. */
  public static final String PREDICATE = "https://lockkeeper.dev/approval/v1";

  private ClosedReviewFormat() {
    super("approval predicate", 1, UnknownFields.REFUSED);
  }

  @Override
  protected void write(ClosedReview value, FieldWriter to) {
    to.put("outcome", value.outcome())
        .put("quorum", value.quorum())
        .put("terms", DecisionFields.write(value.terms()))
        .put("decisions", value.decisions(), DecisionFields::write);
  }

  @Override
  protected ClosedReview readFields(FieldReader from) {
    return new ClosedReview(
        from.constant("outcome", ApprovalOutcome.class),
        DecisionFields.terms(from.object("terms")),
        from.integer("quorum"),
        from.list("decisions", DecisionFields::accepted));
  }
}
