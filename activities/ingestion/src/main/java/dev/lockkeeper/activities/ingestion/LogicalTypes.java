package dev.lockkeeper.activities.ingestion;

import static dev.lockkeeper.engine.Sql.name;
import static dev.lockkeeper.engine.Sql.text;

import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.TimeForms;

/** The logical types in SQL: what a string must look like, and what it becomes. */
final class LogicalTypes {

  /** As the gateway reads a number that comes as a string. */
  private static final String NUMBER = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?";

  private static final String INTEGER = "[+-]?[0-9]+";

  private LogicalTypes() {}

  static String sql(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case NUMBER -> "DOUBLE";
      case INTEGER -> "BIGINT";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMP";
    };
  }

  /** True where a present string is not a value of the column's type. */
  static String wrong(ColumnContract column) {
    return column.type() == ColumnType.STRING
        ? "false"
        : name(column.name()) + " IS NOT NULL AND " + value(column) + " IS NULL";
  }

  /** The column's value in its SQL type; NULL where the text is none. */
  static String value(ColumnContract column) {
    String quoted = name(column.name());
    return switch (column.type()) {
      case STRING -> quoted;
      case NUMBER -> {
        String number = "TRY_CAST(" + quoted + " AS DOUBLE)";
        yield when(matches(quoted, NUMBER) + " AND isfinite(" + number + ")", number);
      }
      case INTEGER -> when(matches(quoted, INTEGER), "TRY_CAST(" + quoted + " AS BIGINT)");
      case BOOLEAN ->
          "CASE WHEN lower("
              + quoted
              + ") IN ('true', '1') THEN true"
              + " WHEN lower("
              + quoted
              + ") IN ('false', '0') THEN false END";
      case TIMESTAMP -> time(column, quoted);
    };
  }

  /**
   * The engine's own cast drops an offset in silence, and knows infinity and years of two digits.
   */
  private static String time(ColumnContract column, String quoted) {
    if (column.limits() != null && column.limits().timeFormat() != null) {
      return "try_strptime(" + quoted + ", " + text(column.limits().timeFormat()) + ")";
    }
    return "coalesce("
        + when(
            matches(quoted, TimeForms.SECONDS),
            "make_timestamp(CAST(TRY_CAST(" + quoted + " AS DOUBLE) * 1000000 AS BIGINT))")
        + ", "
        + when(matches(quoted, TimeForms.CALENDAR), "TRY_CAST(" + quoted + " AS TIMESTAMP)")
        + ")";
  }

  /**
   * A number's or time's value as a double, times in seconds since 1970 UTC; NULL where the text is
   * none.
   */
  static String number(ColumnContract column) {
    return column.type() == ColumnType.TIMESTAMP
        ? "epoch(" + value(column) + ")"
        : "nullif(TRY_CAST(" + name(column.name()) + " AS DOUBLE), 'nan'::DOUBLE)";
  }

  private static String matches(String quoted, String pattern) {
    return "regexp_full_match(" + quoted + ", " + text(pattern) + ")";
  }

  private static String when(String condition, String value) {
    return "CASE WHEN " + condition + " THEN " + value + " END";
  }
}
