package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.HarmUnit;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HarmTestTest {

  private static final double ALPHA = 0.05;
  private static final ArmCounts NONE = new ArmCounts(0, 0, 0);
  private static final int[] RAMP = {5, 10, 25, 50};
  private static final int REQUESTS_A_STEP = 3_000;
  private static final int LOOK_EVERY = 25;

  @Test
  void noHarm_isRarelyCalledHarmOverUnlimitedLooks() {
    int alarms = 0;
    for (int seed = 0; seed < 400; seed++) {
      alarms += firstHarm(seed, 0.05, 0.05) < Long.MAX_VALUE ? 1 : 0;
    }
    assertTrue(alarms <= 400 * ALPHA, alarms + " of 400");
    assertTrue(alarms > 0, "a test that never alarms has no power");
  }

  @Test
  void harm_isAlwaysCaughtSoon() {
    long[] caughtAt = new long[200];
    for (int seed = 0; seed < caughtAt.length; seed++) {
      caughtAt[seed] = firstHarm(seed, 0.05, 0.15);
      assertTrue(caughtAt[seed] < Long.MAX_VALUE, "seed " + seed);
    }
    Arrays.sort(caughtAt);
    assertTrue(
        caughtAt[caughtAt.length / 2] < 150,
        "median of candidate requests " + caughtAt[caughtAt.length / 2]);
  }

  @Test
  void oneEvent_hasTheLikelihoodRatioOfTheMixture() {
    HarmTest test = HarmTest.start(HarmUnit.REQUEST);
    test.add(counts(20, new ArmCounts(80, 0, 0), new ArmCounts(20, 1, 0)), NONE, NONE);
    double expected = 0;
    for (double ratio : new double[] {1.1, 1.25, 1.5, 2, 3, 5, 10, 30, 1e9}) {
      expected += ratio * 0.2 / (ratio * 0.2 + 0.8) / 0.2 / 9;
    }
    assertEquals(expected, test.eValue(), 1e-12);
  }

  @Test
  void countsInPieces_giveTheSameEvidence() {
    HarmTest whole = HarmTest.start(HarmUnit.REQUEST);
    whole.add(counts(10, new ArmCounts(900, 3, 1), new ArmCounts(100, 2, 4)), NONE, NONE);
    HarmTest pieces = HarmTest.start(HarmUnit.REQUEST);
    CanaryCounts part = counts(10, new ArmCounts(360, 1, 1), new ArmCounts(40, 2, 1));
    pieces.add(part, NONE, NONE);
    pieces = HarmTest.resume(HarmUnit.REQUEST, pieces.evidence(part, null));
    pieces.add(
        counts(10, new ArmCounts(900, 3, 1), new ArmCounts(100, 2, 4)),
        part.stable(),
        part.candidate());
    assertEquals(whole.eValue(), pieces.eValue(), 1e-9);
  }

  @Test
  void trafficOfFewBusyKeys_isNoHarm() {
    int alarms = 0;
    for (int seed = 0; seed < 200; seed++) {
      alarms += firstHarm(seed, new StickyKeys(seed), 0.05, 0.05) < Long.MAX_VALUE ? 1 : 0;
    }
    assertTrue(alarms <= 200 * ALPHA, alarms + " of 200");
  }

  @Test
  void harmAmongFewBusyKeys_isCaught() {
    for (int seed = 0; seed < 100; seed++) {
      long caughtAt = firstHarm(seed, new StickyKeys(seed), 0.05, 0.15);
      assertTrue(caughtAt < Long.MAX_VALUE, "seed " + seed);
    }
  }

  @Test
  void oneArmWithoutRequests_waitsForTheOther() {
    HarmTest test = HarmTest.start(HarmUnit.REQUEST);
    assertFalse(test.add(counts(10, NONE, new ArmCounts(99, 99, 0)), NONE, NONE));
    assertFalse(test.add(counts(10, new ArmCounts(99, 99, 0), NONE), NONE, NONE));
    assertEquals(1, test.eValue(), 1e-12);
    assertTrue(test.add(counts(10, new ArmCounts(1, 0, 0), new ArmCounts(99, 99, 0)), NONE, NONE));
  }

  @Test
  void candidateWithAllTheTraffic_isJudgedOnItsOwn() {
    HarmTest test = HarmTest.start(HarmUnit.REQUEST);
    assertTrue(test.add(counts(10, NONE, new ArmCounts(100, 20, 0)), NONE, NONE));
    assertTrue(test.eValue() > 1 / ALPHA, test.eValue() + "");
  }

  @Test
  void withoutAStableVersion_theToleratedShareDecides() {
    HarmTest good = HarmTest.start(HarmUnit.REQUEST);
    good.add(counts(100, NONE, new ArmCounts(5_000, 40, 0)), NONE, NONE);
    assertTrue(good.eValue() < 1 / ALPHA, good.eValue() + "");
    HarmTest bad = HarmTest.start(HarmUnit.REQUEST);
    bad.add(counts(100, NONE, new ArmCounts(500, 0, 40)), NONE, NONE);
    assertTrue(bad.eValue() > 1 / ALPHA, bad.eValue() + "");
  }

  /** Who sends the next request, and whether that goes to the candidate at a share. */
  private interface Traffic {
    boolean toCandidate(int percent);
  }

  /** A few keys with most of the traffic (Zipf), each on its side for the whole ramp. */
  private static final class StickyKeys implements Traffic {

    private static final int KEYS = 200;

    private final SplittableRandom random;
    private final double[] sides = new double[KEYS];
    private final double[] cumulative = new double[KEYS];

    StickyKeys(long seed) {
      random = new SplittableRandom(~seed);
      double sum = 0;
      for (int key = 0; key < KEYS; key++) {
        sides[key] = random.nextDouble(100);
        sum += 1.0 / (key + 1);
        cumulative[key] = sum;
      }
    }

    @Override
    public boolean toCandidate(int percent) {
      int found = Arrays.binarySearch(cumulative, random.nextDouble(cumulative[KEYS - 1]));
      return sides[found < 0 ? -found - 1 : found] < percent;
    }
  }

  private static long firstHarm(long seed, double stableRate, double candidateRate) {
    SplittableRandom manyKeys = new SplittableRandom(~seed);
    return firstHarm(seed, percent -> manyKeys.nextInt(100) < percent, stableRate, candidateRate);
  }

  /**
   * Candidate requests until harm is shown on a ramp, looking again and again; the longest long if
   * never.
   */
  private static long firstHarm(
      long seed, Traffic traffic, double stableRate, double candidateRate) {
    SplittableRandom random = new SplittableRandom(seed);
    HarmTest test = HarmTest.start(HarmUnit.REQUEST);
    long candidateRequests = 0;
    for (int percent : RAMP) {
      long[] counts = new long[4];
      CanaryCounts before = counts(percent, NONE, NONE);
      for (int i = 1; i <= REQUESTS_A_STEP; i++) {
        boolean candidate = traffic.toCandidate(percent);
        boolean harmed = random.nextDouble() < (candidate ? candidateRate : stableRate);
        counts[candidate ? 2 : 0]++;
        counts[candidate ? 3 : 1] += harmed ? 1 : 0;
        candidateRequests += candidate ? 1 : 0;
        if (i % LOOK_EVERY == 0) {
          CanaryCounts now =
              counts(
                  percent,
                  new ArmCounts(counts[0], counts[1], 0),
                  new ArmCounts(counts[2], counts[3], 0));
          if (test.add(now, before.stable(), before.candidate())) {
            before = now;
          }
          if (test.eValue() >= 1 / ALPHA) {
            return candidateRequests;
          }
        }
      }
    }
    return Long.MAX_VALUE;
  }

  private static CanaryCounts counts(int percent, ArmCounts stable, ArmCounts candidate) {
    return new CanaryCounts("e", "i", 1, percent, stable, candidate);
  }
}
