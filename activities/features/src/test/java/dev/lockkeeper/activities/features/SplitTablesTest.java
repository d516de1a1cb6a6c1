package dev.lockkeeper.activities.features;

import static dev.lockkeeper.activities.features.FeatureFixture.BIG_TIP;
import static dev.lockkeeper.activities.features.FeatureFixture.BY_CONTENT;
import static dev.lockkeeper.activities.features.FeatureFixture.BY_TAXI;
import static dev.lockkeeper.activities.features.FeatureFixture.ROWS;
import static dev.lockkeeper.activities.features.FeatureFixture.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.features.TimeSplit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows a model learns from and which are held out. */
class SplitTablesTest {

  @TempDir Path folder;
  private FeatureFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new FeatureFixture(folder);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void split_dividesTheRowsNearTheShare() throws Exception {
    FeatureTable table = fixture.build(set(null, BIG_TIP), BY_CONTENT);
    assertEquals(ROWS, table.trainingRows() + table.holdoutRows());
    // five standard deviations of a binomial share
    assertEquals(0.25, table.holdoutRows() / (double) ROWS, 5 * Math.sqrt(0.25 * 0.75 / ROWS));
  }

  @Test
  void split_dependsOnTheRowAndTheSeedAlone() throws Exception {
    Set<Long> heldOut = new HashSet<>(fixture.trips(fixture.build(set(null, BIG_TIP), BY_CONTENT)));
    fixture.shuffle();
    assertEquals(
        heldOut, new HashSet<>(fixture.trips(fixture.build(set(null, BIG_TIP), BY_CONTENT))));
    SplitSpecification reseeded = new SplitSpecification(0.25, null, 12);
    assertNotEquals(
        heldOut, new HashSet<>(fixture.trips(fixture.build(set(null, BIG_TIP), reseeded))));
  }

  @Test
  void largerShare_onlyAddsToTheHoldout() throws Exception {
    Set<Long> quarter = new HashSet<>(fixture.trips(fixture.build(set(null, BIG_TIP), BY_CONTENT)));
    Set<Long> half =
        new HashSet<>(
            fixture.trips(
                fixture.build(set(null, BIG_TIP), new SplitSpecification(0.5, null, 11))));
    assertTrue(half.containsAll(quarter));
    assertTrue(half.size() > quarter.size());
  }

  @Test
  void key_keepsItsRowsOnOneSide() throws Exception {
    FeatureTable table = fixture.build(set(null, BIG_TIP), BY_TAXI);
    String heldOut = fixture.parquet(table.holdout());
    assertEquals(
        List.of("0"),
        fixture.lines(
            "SELECT count(*) FROM source WHERE trip NOT IN (SELECT trip FROM "
                + heldOut
                + ") AND taxi IN (SELECT taxi FROM "
                + heldOut
                + ")"));
    assertTrue(table.holdoutRows() > 0 && table.trainingRows() > 0);
  }

  /** Two rows in five have no taxi: as one group they would make the hold-out 15 or 55 %. */
  @Test
  void missingKey_isSplitByContentAndCounted() throws Exception {
    fixture.execute("UPDATE source SET taxi = NULL WHERE trip % 5 < 2");
    FeatureTable table = fixture.build(set(null, BIG_TIP), BY_TAXI);
    String keyless = " WHERE taxi IS NULL";
    long all = Long.parseLong(fixture.lines("SELECT count(*) FROM source" + keyless).get(0));
    long heldOut =
        Long.parseLong(
            fixture
                .lines("SELECT count(*) FROM " + fixture.parquet(table.holdout()) + keyless)
                .get(0));

    assertEquals(0.25, heldOut / (double) all, 5 * Math.sqrt(0.25 * 0.75 / all));
    assertNotNull(table.split());
    assertEquals(all, table.split().keylessRows());
  }

  @Test
  void time_holdsOutTheLatestShareOfTheRows() throws Exception {
    FeatureTable table = fixture.build(set(null, BIG_TIP), byTime(null));
    assertEquals(
        List.of("true"),
        fixture.lines(
            "SELECT min(pickup) >= (SELECT max(pickup) FROM source WHERE trip NOT IN (SELECT trip"
                + " FROM "
                + fixture.parquet(table.holdout())
                + ")) FROM "
                + fixture.parquet(table.holdout())));
    assertNotNull(table.split());
    assertTrue(table.split().keylessRows() > 0, "some rows have no time");
    assertEquals(
        0.25, table.holdoutRows() / (double) (ROWS - table.split().keylessRows()), 2.0 / ROWS);
  }

  @Test
  void timeFrom_holdsOutWhatIsNotBefore() throws Exception {
    FeatureTable table =
        fixture.build(set(null, BIG_TIP), byTime(Instant.parse("2019-02-07T00:50:00Z")));
    assertEquals(
        fixture.lines("SELECT count(*) FROM source WHERE pickup >= '2019-02-07 00:50:00'"),
        List.of(String.valueOf(table.holdoutRows())));
  }

  private static SplitSpecification byTime(@Nullable Instant from) {
    return new SplitSpecification(0.25, null, 11, new TimeSplit("pickup", from));
  }

  /** Each row twice, with an id of its own: a copy of a held-out row is trained on. */
  @Test
  void copiesThatDifferInTheirIdAlone_areCounted() throws Exception {
    FeatureTable once = fixture.build(set(null, BIG_TIP), BY_CONTENT);
    assertNotNull(once.split());
    assertEquals(List.of("trip"), once.split().identities());
    assertEquals(0, once.split().straddlingRows());
    fixture.execute("INSERT INTO source SELECT trip + 1000000, * EXCLUDE (trip) FROM source");

    FeatureTable twice = fixture.build(set(null, BIG_TIP), BY_CONTENT);

    assertNotNull(twice.split());
    // a copy of a held-out row is on the other side in three of four cases
    assertEquals(0.75, twice.split().straddlingRows() / (double) twice.holdoutRows(), 0.06);
  }

  /** As in most pipelines: a column that is a feature as it is. */
  @Test
  void featureWithTheNameOfItsColumn_isBuilt() throws Exception {
    FeatureTable table =
        fixture.build(
            new FeatureSetSpecification(
                "1", null, List.of(new FeatureSpecification("fare", "fare")), BIG_TIP),
            BY_CONTENT);

    assertEquals(List.of("fare"), table.featureNames());
    assertEquals(ROWS, table.trainingRows() + table.holdoutRows());
  }

  @Test
  void repeatedRows_areCounted() throws Exception {
    fixture.execute("INSERT INTO source SELECT s.* FROM source s, range(3)");
    FeatureTable table = fixture.build(set(null, BIG_TIP), BY_CONTENT);
    assertNotNull(table.split());
    assertEquals(3 * table.holdoutRows() / 4, table.split().repeatedRows());
  }

  @Test
  void equalRows_stayOnOneSide() throws Exception {
    fixture.doubleRows();
    FeatureTable table = fixture.build(set(null, BIG_TIP), BY_CONTENT);
    assertEquals(
        List.of("2"),
        fixture.lines(
            "SELECT DISTINCT copies FROM (SELECT count(*) AS copies FROM "
                + fixture.parquet(table.holdout())
                + " GROUP BY trip)"));
  }

  @Test
  void filteredRows_areOnNeitherSideAndCounted() throws Exception {
    FeatureTable table = fixture.build(set("fare >= 10 && !missing(tips)", BIG_TIP), BY_CONTENT);
    assertEquals(
        fixture.lines(
            "SELECT count(*) FROM source WHERE NOT coalesce(fare >= 10, false) OR tips IS NULL"),
        List.of(String.valueOf(table.filteredRows())));
    assertEquals(ROWS, table.trainingRows() + table.holdoutRows() + table.filteredRows());
    assertEquals(
        List.of("0"),
        fixture.lines(
            "SELECT count(*) FROM "
                + fixture.parquet(table.holdout())
                + " WHERE NOT coalesce(fare >= 10, false) OR tips IS NULL"));
  }
}
