package dev.lockkeeper.testing;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/** A result that is a number. */
final class TallyFormat extends Format<Integer> {

  static final TallyFormat INSTANCE = new TallyFormat();

  private TallyFormat() {
    super("count", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(Integer value, FieldWriter to) {
    to.put("count", value);
  }

  @Override
  protected Integer readFields(FieldReader from) {
    return from.integer("count");
  }
}
