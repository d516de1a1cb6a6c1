package dev.lockkeeper.specification;

import dev.lockkeeper.formats.ingestion.ColumnBounds;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.ValueLimits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What ODCS v3.1 says of a column's values under {@code logicalTypeOptions}, by logical type.
 *
 * @param minimum smallest number, or time in seconds since 1970 UTC
 * @param maximum largest number or time
 * @param pattern what every string matches in full
 * @param limits the rest; null if there is none
 */
record LogicalTypeOptions(
    @Nullable Double minimum,
    @Nullable Double maximum,
    @Nullable String pattern,
    @Nullable ValueLimits limits) {

  static LogicalTypeOptions read(Section property, ColumnType type) {
    Section options = property.section("logicalTypeOptions");
    return switch (type) {
      case STRING -> text(options.only("minLength", "maxLength", "pattern", "format"));
      case NUMBER, INTEGER ->
          number(
              options.only(
                  "minimum",
                  "maximum",
                  "exclusiveMinimum",
                  "exclusiveMaximum",
                  "multipleOf",
                  "format"));
      case TIMESTAMP ->
          time(
              options.only(
                  "minimum",
                  "maximum",
                  "exclusiveMinimum",
                  "exclusiveMaximum",
                  "format",
                  "timezone",
                  "defaultTimezone"));
      case BOOLEAN -> {
        options.only();
        yield new LogicalTypeOptions(null, null, null, null);
      }
    };
  }

  private static LogicalTypeOptions text(Section options) {
    Integer shortest = length(options, "minLength");
    Integer longest = length(options, "maxLength");
    if (shortest != null && longest != null && shortest > longest) {
      options.problem("minLength", "is above maxLength: no string can satisfy both");
    }
    return new LogicalTypeOptions(
        null,
        null,
        Patterns.read(options),
        shortest == null && longest == null
            ? null
            : new ValueLimits(null, null, null, shortest, longest, null));
  }

  private static LogicalTypeOptions number(Section options) {
    Double step = options.number("multipleOf");
    if (step != null && step <= 0) {
      options.problem("multipleOf", "expected a number above 0");
    }
    return bounded(
        options,
        options.number("minimum"),
        options.number("maximum"),
        options.number("exclusiveMinimum"),
        options.number("exclusiveMaximum"),
        step,
        null);
  }

  private static LogicalTypeOptions time(Section options) {
    if (options.bool("timezone", false)) {
      options.problem("timezone", "times with an offset are not read: write them in UTC");
    }
    String zone = options.text("defaultTimezone", "UTC");
    if (!"UTC".equals(zone) && !"Etc/UTC".equals(zone)) {
      options.problem("defaultTimezone", "times are read as UTC, got '" + zone + "'");
    }
    return bounded(
        options,
        moment(options, "minimum"),
        moment(options, "maximum"),
        moment(options, "exclusiveMinimum"),
        moment(options, "exclusiveMaximum"),
        null,
        TimeFormat.read(options));
  }

  private static LogicalTypeOptions bounded(
      Section options,
      @Nullable Double minimum,
      @Nullable Double maximum,
      @Nullable Double above,
      @Nullable Double below,
      @Nullable Double step,
      @Nullable String timeFormat) {
    if (!ColumnBounds.satisfiable(minimum, maximum, above, below)) {
      options.problem(
          minimum == null ? "exclusiveMinimum" : "minimum",
          "no value can satisfy this and the upper bound");
    }
    return new LogicalTypeOptions(
        minimum,
        maximum,
        null,
        above == null && below == null && step == null && timeFormat == null
            ? null
            : new ValueLimits(above, below, step, null, null, timeFormat));
  }

  private static @Nullable Integer length(Section options, String key) {
    if (!options.has(key)) {
      return null;
    }
    long length = options.integer(key, 0);
    if (length < 0 || length > Integer.MAX_VALUE) {
      options.problem(key, "expected a number of characters, got " + length);
      return null;
    }
    return (int) length;
  }

  private static @Nullable Double moment(Section options, String key) {
    if (!options.has(key)) {
      return null;
    }
    return options.parsed(
        key,
        0.0,
        "a time such as 2020-01-31 or 2020-01-31 23:59:59",
        text -> seconds(text.strip().replace(' ', 'T')));
  }

  private static double seconds(String text) {
    Instant moment;
    try {
      if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
        moment = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      } else if (text.matches(".*(Z|[+-]\\d{2}:?\\d{2})")) {
        moment = OffsetDateTime.parse(text).toInstant();
      } else {
        moment = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
    return moment.getEpochSecond() + moment.getNano() / 1e9;
  }
}
