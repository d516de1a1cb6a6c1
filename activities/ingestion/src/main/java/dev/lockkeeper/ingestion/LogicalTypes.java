package dev.lockkeeper.ingestion;

import static dev.lockkeeper.stage.QueryEngine.name;
import static dev.lockkeeper.stage.QueryEngine.text;

import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.ingestion.ColumnType;

/** The logical types in SQL: what a text must look like, and what it becomes. */
final class LogicalTypes {

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

  /** True where a present text is no value of the column's type. */
  static String wrong(ColumnContract column) {
    String quoted = name(column.name());
    return switch (column.type()) {
      case STRING -> "false";
      case NUMBER ->
          quoted
              + " IS NOT NULL AND coalesce(NOT isfinite(TRY_CAST("
              + quoted
              + " AS DOUBLE)), true)";
      case INTEGER ->
          quoted
              + " IS NOT NULL AND (NOT regexp_full_match("
              + quoted
              + ", '[+-]?[0-9]+') OR TRY_CAST("
              + quoted
              + " AS BIGINT) IS NULL)";
      case BOOLEAN ->
          quoted + " IS NOT NULL AND lower(" + quoted + ") NOT IN ('true', 'false', '1', '0')";
      case TIMESTAMP ->
          quoted + " IS NOT NULL AND TRY_CAST(" + value(column) + " AS TIMESTAMP) IS NULL";
    };
  }

  /**
   * The column's text in a form that the cast understands: seconds since 1970 and times in a format
   * of their own become timestamps.
   */
  static String value(ColumnContract column) {
    String quoted = name(column.name());
    if (column.limits() != null && column.limits().timeFormat() != null) {
      return "CAST(try_strptime("
          + quoted
          + ", "
          + text(column.limits().timeFormat())
          + ") AS VARCHAR)";
    }
    return column.type() == ColumnType.TIMESTAMP
        ? "CASE WHEN regexp_full_match("
            + quoted
            + ", '-?[0-9]{1,12}(\\.[0-9]+)?') THEN CAST(make_timestamp(CAST("
            + "TRY_CAST("
            + quoted
            + " AS DOUBLE) * 1000000 AS BIGINT)) AS VARCHAR) ELSE "
            + quoted
            + " END"
        : quoted;
  }

  /**
   * A number's or time's value as a double, times in seconds since 1970 UTC; NULL where the text is
   * none.
   */
  static String number(ColumnContract column) {
    return column.type() == ColumnType.TIMESTAMP
        ? "epoch(TRY_CAST(" + value(column) + " AS TIMESTAMP))"
        : "nullif(TRY_CAST(" + name(column.name()) + " AS DOUBLE), 'nan'::DOUBLE)";
  }
}
