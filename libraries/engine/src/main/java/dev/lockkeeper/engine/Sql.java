package dev.lockkeeper.engine;

/** Strings and names as they stand in a statement. */
public final class Sql {

  private Sql() {}

  /** A string as an SQL literal. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A name as an SQL identifier. */
  public static String name(String value) {
    return '"' + value.replace("\"", "\"\"") + '"';
  }
}
