package dev.lockkeeper.activities.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.ContractBreach;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.stage.StageException;
import dev.lockkeeper.stage.StageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a source's format, its values are the strings that it contains. */
class SourceTableTest {

  @TempDir Path folder;

  @Test
  void jsonNumberFarBelow_isNotRoundedToTheFirstRowsType() throws Exception {
    Path file = json("{\"v\":1}\n".repeat(30_000) + "{\"v\":2.5}\n");

    assertEquals(
        List.of(
            "column 'v', type: expected an integer (digits only, no decimal point, within 64 bits),"
                + " 1 of 30001 rows differ; row 30001: '2.5'"),
        breaches(file, SourceFormat.JSON_LINES, column("v", ColumnType.INTEGER, false)));
  }

  @Test
  void jsonStrings_areKeptAsTheyAre() throws Exception {
    Path file =
        json(
            """
            {"v":"2019-01-01T00:00:00","a/b":"550E8400-E29B-41D4-A716-446655440000"}
            {"v":"007","a/b":null,"late":true}

            {"v":7}
            """);

    assertEquals(
        List.of(
            "2019-01-01T00:00:00|550E8400-E29B-41D4-A716-446655440000|null",
            "007|null|true",
            "7|null|null"),
        values(file, SourceFormat.JSON_LINES, "v", "a/b", "late"));
  }

  @Test
  void jsonArrayOfObjects_isRead() throws Exception {
    Path file = json(" [\n {\"v\": 1, \"w\": \"a\"},\n {\"v\": 2.5}\n]\n");

    assertEquals(List.of("1|a", "2.5|null"), values(file, SourceFormat.JSON_LINES, "v", "w"));
  }

  @Test
  void jsonListOrObjectAsAValue_isRefusedByItsRowAndColumn() throws Exception {
    for (String nested : List.of("[1]", "{\"a\":1}", "[]")) {
      assertRefused(
          json("{\"v\":1,\"w\":2}\n{\"v\":1,\"w\":" + nested + "}\n"),
          SourceFormat.JSON_LINES,
          "row 2: 'w' is a list or an object: expected one value a column and row");
    }
  }

  @Test
  void nestedParquetColumn_isRefusedByItsType() throws Exception {
    assertRefused(parquet("['a', 'b']"), SourceFormat.PARQUET, "column 'v' is a list (VARCHAR[])");
    assertRefused(
        parquet("{'a': 1}"), SourceFormat.PARQUET, "column 'v' is a structure (STRUCT(a INTEGER))");
    assertRefused(parquet("'x'::BLOB"), SourceFormat.PARQUET, "column 'v' is binary (BLOB)");
  }

  @Test
  void jsonInTheNameOfCsv_isRefused() throws Exception {
    assertRefused(json("[{\"v\":1}]"), SourceFormat.CSV, "is JSON, not CSV: set source.format");
  }

  @Test
  void csvWithoutAHeader_isSaidToHaveNone() throws Exception {
    assertRefused(
        Files.writeString(folder.resolve("h.csv"), "a,9.5\nb,1\n"),
        SourceFormat.CSV,
        "has no header: its first line has values (a,9.5) and no column of the contract");
  }

  private void assertRefused(Path file, SourceFormat format, String words) {
    StageException refused =
        assertThrows(
            StageException.class,
            () -> breaches(file, format, column("v", ColumnType.STRING, false)));
    assertEquals(FailureType.SOURCE_UNREADABLE, refused.type());
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
  }

  @Test
  void jsonLineThatIsNoObject_isNamed() throws Exception {
    Path file = json("{\"v\":1}\n[1]\n");

    StageException refused =
        assertThrows(
            StageException.class,
            () -> breaches(file, SourceFormat.JSON_LINES, column("v", ColumnType.INTEGER, false)));
    assertTrue(refused.getMessage().contains("row 2 is not a JSON object"), refused.getMessage());
  }

  @Test
  void parquetTimesWithAZone_areInUtcWhateverTheMachinesZone() throws Exception {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      for (String type : List.of("TIMESTAMPTZ", "TIMESTAMPTZ_NS")) {
        assertEquals(
            List.of("2019-02-07 15:48:06.5"),
            values(parquet("'2019-02-07 10:48:06.5-05'::" + type), SourceFormat.PARQUET, "v"),
            type);
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void uniqueValues_areComparedAsValues() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("u.csv"), "v,t\n1,2019-02-07\n01,2019-02-07T00:00:00\n2,\n");

    assertEquals(
        List.of(
            "column 'v', unique: expected every value once, 2 of 3 rows differ;"
                + " line 2: '1', line 3: '01'",
            "column 't', unique: expected every value once, 2 of 3 rows differ;"
                + " line 2: '2019-02-07', line 3: '2019-02-07T00:00:00'"),
        breaches(
            file,
            SourceFormat.CSV,
            column("v", ColumnType.INTEGER, true),
            column("t", ColumnType.TIMESTAMP, true)));
  }

  @Test
  void rowsBehindBlankLines_areCountedAsRows() throws Exception {
    Path file = Files.writeString(folder.resolve("b.csv"), "v,w\n1,1\n\n\nx,1\n");

    assertEquals(
        List.of("column 'v', type: expected a number, 1 of 2 rows differ; row 2: 'x'"),
        breaches(
            file,
            SourceFormat.CSV,
            column("v", ColumnType.NUMBER, false),
            column("w", ColumnType.NUMBER, false)));
  }

  private Path parquet(String value) throws Exception {
    Path file = Files.createTempFile(folder, "source", ".parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (SELECT " + value + " AS v) TO '" + file + "' (FORMAT parquet)");
    }
    return file;
  }

  @Test
  void diskThatIsFull_isNotTheSourcesFault() throws Exception {
    Path csv = Files.writeString(folder.resolve("source.csv"), "v\n1\n");
    Files.createSymbolicLink(folder.resolve("plain.csv"), Path.of("/dev/full"));

    IOException full =
        assertThrows(
            IOException.class,
            () -> breaches(csv, SourceFormat.CSV, column("v", ColumnType.INTEGER, false)));

    assertEquals(
        FailureType.WORKSPACE_UNAVAILABLE, StageFailures.classify(full).orElseThrow().type());
  }

  private Path json(String lines) throws Exception {
    return Files.writeString(folder.resolve("source.jsonl"), lines);
  }

  private List<String> breaches(Path file, SourceFormat format, ColumnContract... columns)
      throws Exception {
    DataContract contract =
        new DataContract("c", "1", "t", "0".repeat(64), List.of(columns), List.of());
    try (DataEngine engine = DataEngines.named("duckdb").open(folder)) {
      SourceTable table =
          SourceTable.load(
              engine, file, new SourceSpecification(file.toString(), format, ",", null), contract);
      return new ContractCheck(engine, table, contract)
          .breaches(told -> {}).stream().map(ContractBreach::message).toList();
    }
  }

  private List<String> values(Path file, SourceFormat format, String... columns) throws Exception {
    DataContract contract = new DataContract("c", "1", "t", "0".repeat(64), List.of(), List.of());
    try (DataEngine engine = DataEngines.named("duckdb").open(folder)) {
      SourceTable table =
          SourceTable.load(
              engine, file, new SourceSpecification(file.toString(), format, ",", null), contract);
      assertEquals(List.of(columns), table.columns());
      return engine.query(
          "SELECT * FROM source ORDER BY 1",
          read -> {
            List<String> rows = new ArrayList<>();
            while (read.next()) {
              List<String> row = new ArrayList<>();
              for (int i = 0; i < columns.length; i++) {
                row.add(String.valueOf(read.getString(i + 2)));
              }
              rows.add(String.join("|", row));
            }
            return rows;
          });
    }
  }

  private static ColumnContract column(String name, ColumnType type, boolean unique) {
    return new ColumnContract(name, type, false, unique, null, null, List.of(), null, null);
  }
}
