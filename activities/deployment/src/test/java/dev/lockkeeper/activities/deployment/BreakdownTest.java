package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BreakdownTest {

  private static final double SHOWN = 200;

  @Test
  void beforeTheFirstLook_isNoEvidence() {
    assertEquals(1, Breakdown.NONE.eValue());
  }

  @Test
  void looksWithoutRequests_keepAllTheWeight() {
    Breakdown breakdown = Breakdown.NONE;
    for (int look = 0; look < 50; look++) {
      breakdown = breakdown.add(0, 0, 10, 0);
    }
    assertEquals(1, breakdown.eValue(), 1e-12);
  }

  @Test
  void everyRequestFails_isFoundWithinElevenRequests() {
    assertTrue(Breakdown.NONE.add(11, 11, 50, 0).eValue() > SHOWN);
  }

  @Test
  void breakdownAfterManyGoodLooks_isFoundWithinFortyRequests() {
    Breakdown breakdown = Breakdown.NONE;
    for (int look = 0; look < 500; look++) {
      breakdown = breakdown.add(100, 1, 100, 1);
    }
    assertTrue(breakdown.add(40, 40, 40, 0).eValue() > SHOWN);
  }

  @Test
  void standstillOfBothVersions_isLeftOut() {
    Breakdown breakdown = Breakdown.NONE.add(20, 20, 20, 18);
    assertEquals(1, breakdown.eValue(), 1e-12);
  }

  @Test
  void failuresOfEverySecondRequest_areRarelyABreakdown() {
    int found = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Breakdown breakdown = Breakdown.NONE;
      double largest = 0;
      for (int look = 0; look < 300; look++) {
        int failures = 0;
        for (int request = 0; request < 5; request++) {
          failures += random.nextBoolean() ? 1 : 0;
        }
        breakdown = breakdown.add(5, failures, 20, 0);
        largest = Math.max(largest, breakdown.eValue());
      }
      found += largest >= 20 ? 1 : 0;
    }
    assertTrue(found <= 50, found + " of 1,000 at an alpha of 0.05");
  }
}
