package dev.lockkeeper.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryEngineTest {

  @TempDir Path parent;
  private Path folder;
  private Path outside;

  @BeforeEach
  void lay() throws Exception {
    folder = Files.createDirectory(parent.resolve("it's the engine's"));
    Files.writeString(folder.resolve("inside.csv"), "x\n1\n2\n");
    outside = Files.writeString(parent.resolve("outside.csv"), "x\n1\n");
  }

  @Test
  void ownFolder_isReadAndWritten() throws Exception {
    try (QueryEngine engine = QueryEngine.open(folder)) {
      assertEquals(2, engine.count("SELECT count(*) FROM " + file("inside.csv")));
      engine.execute("COPY (SELECT 1 AS x) TO " + file("out.parquet") + " (FORMAT PARQUET)");
    }
    assertTrue(Files.size(folder.resolve("out.parquet")) > 0);
  }

  @Test
  void anotherFolder_isOutOfReach() throws Exception {
    try (QueryEngine engine = QueryEngine.open(folder)) {
      String direct = QueryEngine.text(outside.toString());
      String around = QueryEngine.text(folder.resolve("../outside.csv").toString());
      for (String place : new String[] {direct, around}) {
        assertDenied(engine, "SELECT * FROM " + place);
        assertDenied(engine, "COPY (SELECT 1) TO " + place);
        assertDenied(engine, "ATTACH " + place);
      }
    }
    assertEquals("x\n1\n", Files.readString(outside));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET enable_external_access=true | configuration has been locked",
        "SET allowed_directories=['/'] | configuration has been locked",
        "SET threads=4 | configuration has been locked",
        "SET memory_limit='100GB' | configuration has been locked",
        "SET lock_configuration=false | configuration has been locked",
        "INSTALL httpfs | disabled by configuration",
        "LOAD httpfs | disabled through configuration"
      })
  void limit_cannotBeLifted(String statement, String reason) throws Exception {
    try (QueryEngine engine = QueryEngine.open(folder)) {
      SQLException refused = assertThrows(SQLException.class, () -> engine.execute(statement));
      assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "it's", "a \"name\"", "'; DROP TABLE t; --", "ü\n\\"})
  void textsAndNames_areTakenAsTheyAre(String text) throws Exception {
    try (QueryEngine engine = QueryEngine.open(folder)) {
      String name = QueryEngine.name(text);
      String value = QueryEngine.text(text);
      engine.execute("CREATE TABLE t AS SELECT " + value + " AS " + name);
      assertEquals(1, engine.count("SELECT count(*) FROM t WHERE " + name + " = " + value));
    }
  }

  private String file(String name) {
    return QueryEngine.text(folder.resolve(name).toString());
  }

  private static void assertDenied(QueryEngine engine, String statement) {
    SQLException denied = assertThrows(SQLException.class, () -> engine.execute(statement));
    assertTrue(denied.getMessage().contains("Permission Error"), denied.getMessage());
  }
}
