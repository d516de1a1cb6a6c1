package dev.lockkeeper.activities.features;

import static dev.lockkeeper.activities.features.FeatureFixture.BIG_TIP;
import static dev.lockkeeper.activities.features.FeatureFixture.BY_CONTENT;
import static dev.lockkeeper.activities.features.FeatureFixture.BY_TAXI;
import static dev.lockkeeper.activities.features.FeatureFixture.ROWS;
import static dev.lockkeeper.activities.features.FeatureFixture.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.SplitSpecification;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
                + ") AND coalesce(taxi, '') IN (SELECT coalesce(taxi, '') FROM "
                + heldOut
                + ")"));
    assertTrue(table.holdoutRows() > 0 && table.trainingRows() > 0);
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
