package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldoutReaderTest {

  @TempDir Path folder;
  private Path parquet;
  private DataEngine engine;

  @BeforeEach
  void write() throws SQLException {
    parquet = folder.resolve("it's.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM (VALUES (1::BIGINT, 2.5::DOUBLE, true, TIMESTAMP '1970-01-02"
              + " 00:00:01.5', 'Ärger', 1), (NULL, NULL, NULL, NULL, NULL, 0)) t(\"count-1\", fare,"
              + " flag, started, city, label)) TO '"
              + parquet.toString().replace("'", "''")
              + "' (FORMAT parquet)");
    }
  }

  @BeforeEach
  void open() throws SQLException {
    engine = DataEngines.named("duckdb").open(folder);
  }

  @AfterEach
  void close() throws SQLException {
    engine.close();
  }

  @Test
  void read_everyTypeAndItsMissingValue() throws SQLException {
    HoldoutTable table =
        HoldoutReader.open(engine, parquet)
            .want(
                List.of(
                    new InputColumn("count-1", ColumnType.INTEGER),
                    new InputColumn("fare", ColumnType.NUMBER),
                    new InputColumn("flag", ColumnType.BOOLEAN),
                    new InputColumn("started", ColumnType.TIMESTAMP),
                    new InputColumn("city", ColumnType.STRING)),
                "the feature program")
            .read("label", "count-1");

    assertArrayEquals(new boolean[] {true, false}, table.labels());
    assertArrayEquals(new double[] {1, Double.NaN}, table.numbers().get("count-1"));
    assertArrayEquals(new double[] {2.5, Double.NaN}, table.numbers().get("fare"));
    assertArrayEquals(new double[] {1, Double.NaN}, table.numbers().get("flag"));
    assertArrayEquals(new double[] {86401.5, Double.NaN}, table.numbers().get("started"));
    assertArrayEquals(new String[] {"Ärger", ""}, table.texts().get("city"));
    assertEquals(List.of("1", "(missing)"), table.groups("count-1"));
  }

  @Test
  void want_columnOfAnotherTypeSaysBoth() throws SQLException {
    HoldoutReader reader = HoldoutReader.open(engine, parquet);

    SpecificationException refused =
        assertThrows(
            SpecificationException.class,
            () ->
                reader.want(
                    List.of(new InputColumn("city", ColumnType.NUMBER)), "the stable version 1"));

    assertEquals(
        "the stable version 1 reads column 'city' as number, but the hold-out of this run has it as"
            + " VARCHAR: keep its type in the data contract",
        refused.getMessage());
  }

  @Test
  void read_fairnessColumnThatIsNotThereListsTheColumns() throws SQLException {
    HoldoutReader reader = HoldoutReader.open(engine, parquet);

    SpecificationException refused =
        assertThrows(SpecificationException.class, () -> reader.read("label", "sex"));

    assertTrue(refused.getMessage().contains("'sex', which the hold-out does not have"));
  }
}
