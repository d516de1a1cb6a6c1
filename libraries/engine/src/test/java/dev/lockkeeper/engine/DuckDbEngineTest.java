package dev.lockkeeper.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DuckDB has beside the contract of an engine: its settings and its words. */
class DuckDbEngineTest {

  @TempDir Path folder;

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
    try (DataEngine engine = DuckDbEngine.open(folder)) {
      SQLException refused = assertThrows(SQLException.class, () -> engine.execute(statement));
      assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }
  }

  @Test
  void anotherFile_isDeniedByPermission() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside.csv"), "x\n1\n");
    Path own = Files.createDirectory(folder.resolve("own"));
    try (DataEngine engine = DuckDbEngine.open(own)) {
      SQLException denied =
          assertThrows(
              SQLException.class,
              () -> engine.execute("SELECT * FROM " + Sql.text(outside.toString())));
      assertTrue(denied.getMessage().contains("Permission Error"), denied.getMessage());
    }
  }

  @Test
  void version_isTheArchive() {
    String version = new DuckDbEngineProvider().version();
    assertTrue(version.matches("duckdb_jdbc-[0-9.]+\\.jar"), version);
  }
}
