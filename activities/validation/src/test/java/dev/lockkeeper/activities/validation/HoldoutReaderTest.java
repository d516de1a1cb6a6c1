package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.ColumnType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            .read("label", "count-1", null, null);

    assertArrayEquals(new boolean[] {true, false}, table.labels());
    assertArrayEquals(new double[] {1, Double.NaN}, table.numbers().get("count-1"));
    assertArrayEquals(new double[] {2.5, Double.NaN}, table.numbers().get("fare"));
    assertArrayEquals(new double[] {1, Double.NaN}, table.numbers().get("flag"));
    assertArrayEquals(new double[] {86401.5, Double.NaN}, table.numbers().get("started"));
    assertArrayEquals(new String[] {"Ärger", ""}, table.texts().get("city"));
    assertEquals(List.of("1", "(missing)"), table.groups("count-1"));
  }

  @Test
  void read_rowsOfOneKeyAreOneUnitAndKeylessRowsAreTakenByContent() throws SQLException {
    Path trips = folder.resolve("trips.parquet");
    engine.execute(
        "COPY (SELECT * FROM (VALUES ('a', 1, 1), ('b', 1, 0), ('a', 2, 1), (NULL, 1, 0), ('', 2, 0),"
            + " (NULL, 1, 1)) t(taxi, fare, label)) TO '"
            + trips
            + "' (FORMAT parquet)");
    AppliedSplit split =
        new AppliedSplit(
            new SplitSpecification(0.2, "taxi", 1),
            List.of("taxi", "fare"),
            null,
            3,
            0,
            0,
            List.of("taxi"));

    RowUnits units = HoldoutReader.open(engine, trips).read("label", null, split, null).units();

    assertArrayEquals(new int[] {0, 1, 0, 2, 3, 2}, units.unitOf());
    assertEquals(4, units.count());
  }

  /** Another seed: four in five rows may have been trained on. */
  @Test
  void read_sideOfTheStableVersionsSplitFollowsFromItsSeedAndKey() throws SQLException {
    Path trips = folder.resolve("seeds.parquet");
    engine.execute(
        "COPY (SELECT 'taxi ' || i AS taxi, 0 AS label FROM range(5000) t(i)) TO '"
            + trips
            + "' (FORMAT parquet)");
    AppliedSplit own = byTaxi(1);

    assertEquals(5_000, heldOut(trips, own, null));
    assertEquals(5_000, heldOut(trips, own, own));
    assertEquals(1_000, heldOut(trips, own, byTaxi(2)), 100);
    AppliedSplit byAnother =
        new AppliedSplit(
            new SplitSpecification(0.2, "fleet", 1), List.of("fleet"), null, 0, 0, 0, List.of());
    assertEquals(0, heldOut(trips, own, byAnother));
  }

  private static AppliedSplit byTaxi(long seed) {
    return new AppliedSplit(
        new SplitSpecification(0.2, "taxi", seed), List.of("taxi"), null, 0, 0, 0, List.of());
  }

  private int heldOut(Path trips, AppliedSplit own, @Nullable AppliedSplit stable)
      throws SQLException {
    boolean[] heldOut =
        HoldoutReader.open(engine, trips).read("label", null, own, stable).heldOutByStable();
    int count = 0;
    for (boolean each : heldOut) {
      count += each ? 1 : 0;
    }
    return count;
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
        assertThrows(SpecificationException.class, () -> reader.read("label", "sex", null, null));

    assertTrue(refused.getMessage().contains("'sex', which the hold-out does not have"));
  }
}
