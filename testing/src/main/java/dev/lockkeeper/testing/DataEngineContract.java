package dev.lockkeeper.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.engine.Sql;
import dev.lockkeeper.engine.TableAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What any {@link DataEngine} must do: what the stages ask of it, and what they trust it to refuse.
 * An implementation's test extends it and says which provider it is about.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
public abstract class DataEngineContract {

  private static final String PARQUET = " (FORMAT parquet, COMPRESSION zstd)";

  @TempDir Path parent;
  private Path folder;
  private Path outside;

  /** The provider of the engine. */
  protected abstract DataEngineProvider provider();

  @BeforeEach
  void lay() throws IOException {
    folder = Files.createDirectory(parent.resolve("it's the engine's"));
    outside = Files.writeString(parent.resolve("outside.csv"), "x\n1\n");
  }

  private DataEngine open() throws SQLException {
    return provider().open(folder);
  }

  @Test
  void ownFolder_isReadAndWritten() throws Exception {
    Files.writeString(folder.resolve("inside.csv"), "x\n1\n2\n");
    try (DataEngine engine = open()) {
      engine.execute(
          "COPY (SELECT * FROM " + file("inside.csv") + ") TO " + file("out.parquet") + PARQUET);
    }
    try (DataEngine engine = open()) {
      assertEquals(3, engine.count("SELECT sum(x) FROM read_parquet(" + file("out.parquet") + ")"));
    }
  }

  @Test
  void anotherFolder_isOutOfReach() throws Exception {
    try (DataEngine engine = open()) {
      String direct = Sql.text(outside.toString());
      String around = Sql.text(folder.resolve("../outside.csv").toString());
      for (String place : List.of(direct, around)) {
        assertRefused(engine, "SELECT * FROM " + place);
        assertRefused(engine, "SELECT * FROM read_csv(" + place + ")");
        assertRefused(engine, "COPY (SELECT 1) TO " + place);
        assertRefused(engine, "ATTACH " + place);
      }
    }
    assertEquals("x\n1\n", Files.readString(outside));
  }

  @Test
  void reach_cannotBeWidened() throws Exception {
    try (DataEngine engine = open()) {
      for (String setting : List.of("enable_external_access=true", "allowed_directories=['/']")) {
        assertThrows(SQLException.class, () -> engine.execute("SET " + setting), setting);
      }
      assertRefused(engine, "SELECT * FROM " + Sql.text(outside.toString()));
    }
  }

  @Test
  void sameStatements_giveTheSameBytes() throws Exception {
    for (String name : List.of("first.parquet", "second.parquet")) {
      try (DataEngine engine = open()) {
        engine.execute(
            "COPY (SELECT range AS i, hash(range) AS h, range % 7 AS g FROM range(200000)"
                + " ORDER BY h) TO "
                + file(name)
                + PARQUET);
      }
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("first.parquet")),
        Files.readAllBytes(folder.resolve("second.parquet")));
  }

  @Test
  void rowsOfAParquetFile_haveTheirNumbers() throws Exception {
    try (DataEngine engine = open()) {
      engine.execute(
          "COPY (SELECT 10 - range AS x FROM range(3)) TO " + file("rows.parquet") + PARQUET);
      assertEquals(
          List.of("0|10", "1|9", "2|8"),
          engine.query(
              "SELECT file_row_number, x FROM read_parquet("
                  + file("rows.parquet")
                  + ", file_row_number=true) ORDER BY file_row_number",
              DataEngineContract::lines));
    }
  }

  @Test
  void columns_areDescribed() throws Exception {
    try (DataEngine engine = open()) {
      engine.execute("CREATE VIEW v AS SELECT 1::BIGINT AS n, 'a' AS s, 1.5::DOUBLE AS d");
      assertEquals(
          List.of("n|BIGINT", "s|VARCHAR", "d|DOUBLE"),
          engine.query(
              "SELECT column_name, column_type FROM (DESCRIBE v)", DataEngineContract::lines));
    }
  }

  @Test
  void csvThatIsNotWellFormed_isRefused() throws Exception {
    Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,2\n3\n");
    try (DataEngine engine = open()) {
      assertRefused(
          engine,
          "CREATE TABLE t AS SELECT * FROM read_csv("
              + file("ragged.csv")
              + ", auto_detect=false, header=true, delim=',', quote='\"', escape='\"', nullstr='',"
              + " strict_mode=true, null_padding=false, columns={'a': 'VARCHAR', 'b': 'VARCHAR'})");
    }
  }

  @Test
  void jsonLines_areReadAsTheyStand() throws Exception {
    Files.writeString(folder.resolve("rows.jsonl"), "{\"n\": 1}\n{\"n\": 1.25, \"s\": \"x\"}\n");
    try (DataEngine engine = open()) {
      assertEquals(
          List.of("1|null", "1.25|x"),
          engine.query(
              "SELECT json_extract_string(json, '/n'), json_extract_string(json, '/s') FROM"
                  + " read_ndjson_objects("
                  + file("rows.jsonl")
                  + ")",
              DataEngineContract::lines));
    }
  }

  @Test
  void valuesOfStrings_areReadAsTheContractSays() throws Exception {
    try (DataEngine engine = open()) {
      assertEquals(
          List.of("7|null|1970-01-02 00:00:01.5|86401.5|true"),
          engine.query(
              "SELECT TRY_CAST('7' AS BIGINT), TRY_CAST('seven' AS BIGINT),"
                  + " make_timestamp(86401500000)::VARCHAR,"
                  + " epoch(try_strptime('1970-01-02 00:00:01.5', '%Y-%m-%d %H:%M:%S.%g')),"
                  + " regexp_full_match('a1', '[a-z][0-9]')",
              DataEngineContract::lines));
    }
  }

  @Test
  void textsAndNames_areTakenAsTheyAre() throws Exception {
    for (String text : List.of("plain", "it's", "a \"name\"", "'; DROP TABLE t; --", "ü\n\\")) {
      try (DataEngine engine = open()) {
        String name = Sql.name(text);
        String value = Sql.text(text);
        engine.execute("CREATE TABLE t AS SELECT " + value + " AS " + name);
        assertEquals(1, engine.count("SELECT count(*) FROM t WHERE " + name + " = " + value), text);
      }
    }
  }

  @Test
  void rowsThatAreAppendedWhileOthersAreRead_areThere() throws Exception {
    try (DataEngine engine = open()) {
      engine.execute("CREATE TABLE t (position BIGINT, side INTEGER, feature FLOAT)");
      int read = engine.query("SELECT range FROM range(5000)", rows -> appendAll(engine, rows));

      assertEquals(5000, read);
      assertEquals(
          List.of("5000|12497500|1666|2499.5"),
          engine.query(
              "SELECT count(*), sum(position), count(*) FILTER (side = 1), avg(feature) FROM t",
              DataEngineContract::lines));
    }
  }

  private static int appendAll(DataEngine engine, ResultSet rows) throws SQLException {
    int count = 0;
    try (TableAppender appender = engine.append("t")) {
      for (; rows.next(); count++) {
        long position = rows.getLong(1);
        appender.beginRow();
        appender.append(position);
        appender.append((int) (position % 3) - 1);
        appender.append((float) position);
        appender.endRow();
      }
    }
    return count;
  }

  @Test
  void wrongStatement_isNotAShortage() throws Exception {
    try (DataEngine engine = open()) {
      for (String sql : List.of("SELECT nothing", "SELECT * FROM " + file("none.parquet"))) {
        SQLException failure =
            assertThrows(SQLException.class, () -> engine.query(sql, ResultSet::next), sql);
        assertFalse(failure instanceof SQLTransientException, failure.toString());
      }
    }
  }

  @Test
  void shortageOfAReader_staysOne() throws Exception {
    SQLTransientException full = new SQLTransientException("the disk is full");
    try (DataEngine engine = open()) {
      SQLException failure =
          assertThrows(
              SQLException.class,
              () ->
                  engine.query(
                      "SELECT 1",
                      rows -> {
                        throw full;
                      }));
      assertSame(full, failure);
    }
  }

  @Test
  void tablesOfOneEngine_areNotSeenByAnother() throws Exception {
    try (DataEngine engine = open();
        DataEngine other = open()) {
      engine.execute("CREATE TABLE t AS SELECT 1 AS x");
      assertRefused(other, "SELECT * FROM t");
    }
  }

  private String file(String name) {
    return Sql.text(folder.resolve(name).toString());
  }

  private static List<String> lines(ResultSet rows) throws SQLException {
    List<String> lines = new ArrayList<>();
    while (rows.next()) {
      List<String> line = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        line.add(String.valueOf(rows.getString(i)));
      }
      lines.add(String.join("|", line));
    }
    return lines;
  }

  private static void assertRefused(DataEngine engine, String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> engine.execute(sql), sql);
    assertFalse(refused instanceof SQLTransientException, refused.toString());
  }
}
