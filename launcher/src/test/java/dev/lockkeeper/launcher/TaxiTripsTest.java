package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaxiTripsTest {

  @TempDir private Path folder;

  @Test
  void write_withTheSameSeed_givesTheSameBytes() throws IOException {
    TaxiTrips.write(folder.resolve("a.csv"), 3, 500);
    TaxiTrips.write(folder.resolve("b.csv"), 3, 500);

    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.csv")), Files.readAllBytes(folder.resolve("b.csv")));
  }

  @Test
  void finished_isNeverShorterThanATenthOfAMile() {
    TaxiTrips trips = new TaxiTrips(5);

    for (int i = 0; i < 5_000; i++) {
      assertTrue(trips.finished().miles() >= 0.1);
    }
  }

  @Test
  void live_isOneInEightWithoutAMile() {
    TaxiTrips trips = new TaxiTrips(5);
    int without = 0;

    for (int i = 0; i < 8_000; i++) {
      without += trips.live().miles() == 0 ? 1 : 0;
    }

    assertEquals(1_000, without, 120);
  }

  @Test
  void finished_isTippedAsOftenAsTheProbabilitySays() {
    TaxiTrips trips = new TaxiTrips(9);
    double expected = 0;
    int seen = 0;

    for (int i = 0; i < 20_000; i++) {
      TaxiTrips.Trip t = trips.finished();
      expected += TaxiTrips.probability(t.pickup(), t.area(), t.payment(), t.fare(), t.miles());
      seen += t.tips() > 0.2 * t.fare() ? 1 : 0;
    }

    assertEquals(expected, seen, 300);
  }
}
