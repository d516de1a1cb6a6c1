package dev.lockkeeper.activities.ingestion;

import static dev.lockkeeper.engine.Sql.name;
import static dev.lockkeeper.engine.Sql.text;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.stage.StageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files whose values have types of their own. Each method makes {@link #VIEW} of a file and returns
 * its columns, in order, each with the SQL of its value as a string.
 */
final class TypedSource {

  static final String VIEW = "typed";

  /** The engine's types of a time with a zone: in microseconds, and in nanoseconds. */
  private static final Set<String> ZONED = Set.of("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS");

  private TypedSource() {}

  static Map<String, String> parquet(DataEngine engine, Path file) throws SQLException {
    engine.execute(
        "CREATE VIEW " + VIEW + " AS SELECT * FROM read_parquet(" + text(file.toString()) + ")");
    return engine.query(
        "DESCRIBE " + VIEW,
        columns -> {
          Map<String, String> texts = new LinkedHashMap<>();
          while (columns.next()) {
            String column = name(columns.getString(1));
            // A cast would write an offset behind the time.
            String value =
                ZONED.contains(columns.getString(2))
                    ? "make_timestamp(epoch_us(CAST(" + column + " AS TIMESTAMPTZ)))"
                    : column;
            texts.put(columns.getString(1), "CAST(" + value + " AS VARCHAR)");
          }
          return texts;
        });
  }

  /**
   * The engine's own reader takes a column's type from the first rows and rounds later numbers to
   * it, so each object is read as it stands.
   */
  static Map<String, String> jsonLines(DataEngine engine, Path file, String shown)
      throws SQLException {
    String objects = "read_ndjson_objects(" + text(file.toString()) + ")";
    requireObjects(engine, objects, shown);
    List<String> keys = keys(engine, objects);
    engine.execute(
        "CREATE VIEW "
            + VIEW
            + " AS SELECT json_extract_string(json, ["
            + keys.stream().map(key -> text(pointer(key))).collect(Collectors.joining(", "))
            + "]) AS fields FROM "
            + objects);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : keys) {
      texts.put(key, "fields[" + (texts.size() + 1) + "]");
    }
    return texts;
  }

  /** The keys of all objects, in the order in which the file has them first. */
  private static List<String> keys(DataEngine engine, String objects) throws SQLException {
    return engine.query(
        "SELECT key FROM (SELECT unnest(json_keys(json)) AS key, row_number() OVER () AS position"
            + " FROM "
            + objects
            + ") GROUP BY key ORDER BY min(position)",
        rows -> {
          List<String> keys = new ArrayList<>();
          while (rows.next()) {
            keys.add(rows.getString(1));
          }
          return keys;
        });
  }

  private static void requireObjects(DataEngine engine, String objects, String shown)
      throws SQLException {
    long other =
        engine.count(
            "SELECT coalesce(min(position), 0) FROM (SELECT row_number() OVER () AS position, json"
                + " FROM "
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
