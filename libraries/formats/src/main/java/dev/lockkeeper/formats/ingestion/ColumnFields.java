package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import org.jspecify.annotations.Nullable;

/** A contract's column as a part of documents. */
public final class ColumnFields {

  private ColumnFields() {}

  public static FieldWriter write(ColumnContract column) {
    return new FieldWriter()
        .put("name", column.name())
        .put("type", column.type())
        .put("required", column.required())
        .put("unique", column.unique())
        .put("minimum", column.minimum())
        .put("maximum", column.maximum())
        .put("allowedValues", column.allowedValues())
        .put("pattern", column.pattern())
        .put("limits", limits(column.limits()));
  }

  public static ColumnContract read(FieldReader from) {
    FieldReader limits = from.optionalObject("limits");
    return new ColumnContract(
        from.text("name"),
        from.constant("type", ColumnType.class),
        from.flag("required"),
        from.flag("unique"),
        from.optionalReal("minimum"),
        from.optionalReal("maximum"),
        from.texts("allowedValues"),
        from.optionalText("pattern"),
        limits == null ? null : limits(limits));
  }

  private static @Nullable FieldWriter limits(@Nullable ValueLimits limits) {
    return limits == null
        ? null
        : new FieldWriter()
            .put("exclusiveMinimum", limits.exclusiveMinimum())
            .put("exclusiveMaximum", limits.exclusiveMaximum())
            .put("multipleOf", limits.multipleOf())
            .put("minLength", limits.minLength())
            .put("maxLength", limits.maxLength())
            .put("timeFormat", limits.timeFormat());
  }

  private static ValueLimits limits(FieldReader from) {
    return new ValueLimits(
        from.optionalReal("exclusiveMinimum"),
        from.optionalReal("exclusiveMaximum"),
        from.optionalReal("multipleOf"),
        from.optionalInteger("minLength"),
        from.optionalInteger("maxLength"),
        from.optionalText("timeFormat"));
  }
}
