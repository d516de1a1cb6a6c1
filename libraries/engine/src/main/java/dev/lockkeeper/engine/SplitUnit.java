package dev.lockkeeper.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What decides a row's side of a split, as an SQL expression of type VARCHAR. */
public final class SplitUnit {

  private SplitUnit() {}

  /**
   * The value of the key, or the row's content where it has none.
   *
   * @param key a column; null takes the content of every row
   * @param columns the columns of the content, in order
   */
  public static String of(@Nullable String key, List<String> columns) {
    return key == null
        ? content(columns)
        : "CASE WHEN "
            + isMissing(key)
            + " THEN "
            + content(columns)
            + " ELSE "
            + text(key)
            + " END";
  }

  /** Whether a row has no key, of type BOOLEAN; an empty string is none. */
  public static String isMissing(@Nullable String key) {
    return key == null ? "false" : "coalesce(" + text(key) + ", '') = ''";
  }

  /** One string for the values of several columns: equal exactly where all values are. */
  public static String content(List<String> columns) {
    return columns.stream()
        .map(column -> "coalesce(" + text(column) + ", chr(30))")
        .collect(Collectors.joining(", ", "concat_ws(chr(31), ", ")"));
  }

  private static String text(String column) {
    return "CAST(" + Sql.name(column) + " AS VARCHAR)";
  }
}
