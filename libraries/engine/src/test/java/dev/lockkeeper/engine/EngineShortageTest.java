package dev.lockkeeper.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real shortages of DuckDB: its words are not documented and may change with its version. */
class EngineShortageTest {

  private static final String LARGE =
      "CREATE TABLE large AS SELECT range AS i, hash(range)::VARCHAR AS v FROM range(2000000)";

  @TempDir Path folder;

  @Test
  void spillFolderThatIsFull_isAShortage() {
    assertShortage("failed to offload", LARGE, "SET max_temp_directory_size='1MB'");
  }

  @Test
  void spillFolderThatCannotBeMade_isAShortage() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertShortage("Failed to create directory", LARGE, "SET temp_directory='" + file + "/spill'");
  }

  @Test
  void diskThatIsFull_isAShortage() throws Exception {
    Path full = Files.createSymbolicLink(folder.resolve("out.parquet"), Path.of("/dev/full"));
    assertShortage(
        "No space left on device", "COPY (SELECT 1 AS x) TO '" + full + "' (FORMAT parquet)");
  }

  @Test
  void wrongQueryAndMissingFile_areNoShortage() throws Exception {
    for (String sql :
        new String[] {"SELECT nothing", "SELECT * FROM read_parquet('/none/of/these.parquet')"}) {
      SQLException failure = failure(sql);
      assertSame(failure, EngineShortage.classified(failure));
      assertFalse(failure instanceof SQLTransientException);
    }
  }

  private void assertShortage(String words, String sql, String... settings) {
    SQLException shortage = EngineShortage.classified(failure(sql, settings));
    assertInstanceOf(SQLTransientException.class, shortage);
    assertTrue(shortage.getMessage().contains(words), shortage.getMessage());
    assertSame(shortage, EngineShortage.classified(shortage));
  }

  private SQLException failure(String sql, String... settings) {
    return assertThrows(
        SQLException.class,
        () -> {
          try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
              Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit='30MB'");
            statement.execute("SET threads=1");
            statement.execute("SET temp_directory='" + folder.resolve("spill") + "'");
            for (String setting : settings) {
              statement.execute(setting);
            }
            statement.execute(sql);
          }
        });
  }
}
