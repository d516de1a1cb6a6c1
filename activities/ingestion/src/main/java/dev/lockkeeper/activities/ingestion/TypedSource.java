package dev.lockkeeper.activities.ingestion;

import static dev.lockkeeper.engine.Sql.name;
import static dev.lockkeeper.engine.Sql.text;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  static Map<String, String> parquet(DataEngine engine, Path file, String shown)
      throws SQLException {
    engine.execute(
        "CREATE VIEW " + VIEW + " AS SELECT * FROM read_parquet(" + text(file.toString()) + ")");
    return engine.query(
        "DESCRIBE " + VIEW,
        columns -> {
          Map<String, String> texts = new LinkedHashMap<>();
          while (columns.next()) {
            String column = name(columns.getString(1));
            requireOneValue(columns.getString(1), columns.getString(2), shown);
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
  static Map<String, String> json(DataEngine engine, Path file, String shown)
      throws SQLException, IOException {
    String format = KnownFormat.firstCharacter(file) == '[' ? "array" : "newline_delimited";
    String objects = "read_json_objects(" + text(file.toString()) + ", format = '" + format + "')";
    requireObjects(engine, objects, shown);
    List<String> keys = keys(engine, objects);
    String pointers =
        keys.stream().map(key -> text(pointer(key))).collect(Collectors.joining(", ", "[", "]"));
    requireOneValue(engine, objects, keys, pointers, shown);
    engine.execute(
        "CREATE VIEW "
            + VIEW
            + " AS SELECT json_extract_string(json, "
            + pointers
            + ") AS fields FROM "
            + objects);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : keys) {
      texts.put(key, "fields[" + (texts.size() + 1) + "]");
    }
    return texts;
  }

  /** What has parts is not a value that a caller of the gateway could send. */
  private static void requireOneValue(String column, String type, String shown) {
    String kind =
        type.endsWith("]")
            ? "a list"
            : type.startsWith("STRUCT") || type.startsWith("MAP") || type.startsWith("UNION")
                ? "a structure"
                : type.equals("BLOB") ? "binary" : null;
    if (kind != null) {
      throw nested(shown + ": column '" + column + "' is " + kind + " (" + type + ")");
    }
  }

  private static void requireOneValue(
      DataEngine engine, String objects, List<String> keys, String pointers, String shown)
      throws SQLException {
    String nested =
        "SELECT position, list_position(list_transform(types, lambda t: t IN ('ARRAY', 'OBJECT')),"
            + " true) FROM (SELECT row_number() OVER () AS position, json_type(json, "
            + pointers
            + ") AS types FROM "
            + objects
            + ") WHERE list_has_any(types, ['ARRAY', 'OBJECT']) ORDER BY position LIMIT 1";
    Optional<String> found =
        engine.query(
            nested,
            rows ->
                rows.next()
                    ? Optional.of(
                        "row " + rows.getLong(1) + ": '" + keys.get(rows.getInt(2) - 1) + "'")
                    : Optional.empty());
    if (found.isPresent()) {
      throw nested(shown + ": " + found.get() + " is a list or an object");
    }
  }

  private static StageException nested(String what) {
    return new StageException(
        FailureType.SOURCE_UNREADABLE,
        what
            + ": expected one value a column and row. Write its parts as columns of their own, or"
            + " leave it out");
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
          shown
              + ": row "
              + other
              + " is not a JSON object: expected one a line, or an array of them");
    }
  }

  /** RFC 6901. */
  private static String pointer(String key) {
    return "/" + key.replace("~", "~0").replace("/", "~1");
  }
}
