package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import org.jspecify.annotations.Nullable;

/** A split as a part of statements and of the specification's canonical form. */
public final class SplitFields {

  private SplitFields() {}

  public static FieldWriter write(SplitSpecification split) {
    return new FieldWriter()
        .put("holdoutShare", split.holdoutShare())
        .put("key", split.key())
        .put("seed", split.seed())
        .put("time", write(split.time()));
  }

  public static SplitSpecification read(FieldReader from) {
    FieldReader time = from.optionalObject("time");
    return new SplitSpecification(
        from.real("holdoutShare"),
        from.optionalText("key"),
        from.number("seed"),
        time == null
            ? null
            : new TimeSplit(time.text("column"), time.has("from") ? time.time("from") : null));
  }

  private static @Nullable FieldWriter write(@Nullable TimeSplit time) {
    if (time == null) {
      return null;
    }
    FieldWriter to = new FieldWriter().put("column", time.column());
    return time.from() == null ? to : to.put("from", time.from());
  }
}
