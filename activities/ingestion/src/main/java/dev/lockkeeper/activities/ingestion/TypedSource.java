package dev.lockkeeper.activities.ingestion;

import static dev.lockkeeper.engine.QueryEngine.name;
import static dev.lockkeeper.engine.QueryEngine.text;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.QueryEngine;
import dev.lockkeeper.stage.StageException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Files whose values have types of their own. Each method makes {@link #VIEW} of a file and returns
 * its columns, in order, each with the SQL of its value as a string.
 */
final class TypedSource {

  static final String VIEW = "typed";

  /** The engine's types of a time with a zone: in microseconds, and in nanoseconds. */
  private static final Set<String> ZONED = Set.of("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS");

  private TypedSource() {}

  static Map<String, String> parquet(QueryEngine engine, Path file) throws SQLException {
    engine.execute(
        "CREATE VIEW " + VIEW + " AS SELECT * FROM read_parquet(" + text(file.toString()) + ")");
    Map<String, String> texts = new LinkedHashMap<>();
    try (Statement statement = engine.connection().createStatement();
        ResultSet columns = statement.executeQuery("DESCRIBE " + VIEW)) {
      while (columns.next()) {
        String column = name(columns.getString(1));
        // A cast would write an offset behind the time.
        String value =
            ZONED.contains(columns.getString(2))
                ? "make_timestamp(epoch_us(CAST(" + column + " AS TIMESTAMPTZ)))"
                : column;
        texts.put(columns.getString(1), "CAST(" + value + " AS VARCHAR)");
      }
    }
    return texts;
  }

  /**
   * The engine's own reader takes a column's type from the first rows and rounds later numbers to
   * it, so each object is read as it stands.
   */
  static Map<String, String> jsonLines(QueryEngine engine, Path file, String shown)
      throws SQLException {
    String objects = "read_ndjson_objects(" + text(file.toString()) + ")";
    requireObjects(engine, objects, shown);
    Map<String, String> texts = new LinkedHashMap<>();
    StringBuilder pointers = new StringBuilder();
    try (Statement statement = engine.connection().createStatement();
        ResultSet keys =
            statement.executeQuery(
                "SELECT key FROM (SELECT unnest(json_keys(json)) AS key, row_number() OVER () AS position FROM "
                    + objects
                    + ") GROUP BY key ORDER BY min(position)")) {
      while (keys.next()) {
        String key = keys.getString(1);
        pointers.append(texts.isEmpty() ? "" : ", ").append(text(pointer(key)));
        texts.put(key, "fields[" + (texts.size() + 1) + "]");
      }
    }
    engine.execute(
        "CREATE VIEW "
            + VIEW
            + " AS SELECT json_extract_string(json, ["
            + pointers
            + "]) AS fields FROM "
            + objects);
    return texts;
  }

  private static void requireObjects(QueryEngine engine, String objects, String shown)
      throws SQLException {
    long other =
        engine.count(
            "SELECT coalesce(min(position), 0) FROM (SELECT row_number() OVER () AS position, json FROM "
                + objects
                + ") WHERE json_type(json) <> 'OBJECT'");
    if (other > 0) {
      throw new StageException(
          FailureType.SOURCE_UNREADABLE,
          shown + ": row " + other + " is not a JSON object: expected one a line");
    }
  }

  /** RFC 6901. */
  private static String pointer(String key) {
    return "/" + key.replace("~", "~0").replace("/", "~1");
  }
}
