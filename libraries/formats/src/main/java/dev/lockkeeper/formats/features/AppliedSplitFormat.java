package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/** A split as it was applied, as a part of the features stage's result and statement. */
public final class AppliedSplitFormat extends Format<AppliedSplit> {

  public static final AppliedSplitFormat INSTANCE = new AppliedSplitFormat();

  private AppliedSplitFormat() {
    super("applied split", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(AppliedSplit value, FieldWriter to) {
    to.put("split", SplitFields.write(value.split()))
        .put("columns", value.columns())
        .put("heldOutFrom", value.heldOutFrom())
        .put("keylessRows", value.keylessRows())
        .put("repeatedRows", value.repeatedRows())
        .put("straddlingRows", value.straddlingRows())
        .put("identities", value.identities());
  }

  @Override
  protected AppliedSplit readFields(FieldReader from) {
    return new AppliedSplit(
        SplitFields.read(from.object("split")),
        from.texts("columns"),
        from.optionalReal("heldOutFrom"),
        from.number("keylessRows"),
        from.number("repeatedRows"),
        from.number("straddlingRows"),
        from.texts("identities"));
  }
}
