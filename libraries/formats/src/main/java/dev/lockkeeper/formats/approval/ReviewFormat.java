package dev.lockkeeper.formats.approval;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;

/** The stored result of opening a review (DSSE, signed by the approval role). */
public final class ReviewFormat extends Format<Review> {

  public static final ReviewFormat INSTANCE = new ReviewFormat();

  private ReviewFormat() {
    super("open review", 1, UnknownFields.REFUSED);
  }

  @Override
  protected void write(Review value, FieldWriter to) {
    to.put("terms", DecisionFields.write(value.terms()))
        .put("quorum", value.quorum())
        .put("approvers", value.approvers())
        .put("policy", ArtifactFields.write(value.policy()));
  }

  @Override
  protected Review readFields(FieldReader from) {
    return new Review(
        DecisionFields.terms(from.object("terms")),
        from.integer("quorum"),
        from.texts("approvers"),
        ArtifactFields.read(from.object("policy")));
  }
}
