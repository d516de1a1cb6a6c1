package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleRatioTest {

  @Test
  void noKeys_areNoEvidence() {
    assertEquals(1, SampleRatio.eValue(0.1, 0, 0), 1e-12);
  }

  @Test
  void rightSplit_isRarelyCalledWrongOverUnlimitedLooks() {
    int wrong = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      wrong += largest(seed, 0.1, 20_000) >= 20 ? 1 : 0;
    }
    assertTrue(wrong <= 50, wrong + " of 1,000 at an alpha of 0.05");
    assertTrue(wrong > 0, "a test that never alarms has no power");
  }

  @Test
  void wrongSplit_isFound() {
    for (int seed = 0; seed < 100; seed++) {
      assertTrue(largest(seed, 0.12, 20_000) >= SampleRatio.WRONG, "seed " + seed);
    }
  }

  /** The largest e-value for a stated share of a tenth. */
  private static double largest(long seed, double share, int keys) {
    SplittableRandom random = new SplittableRandom(seed);
    double largest = 0;
    long candidates = 0;
    for (int key = 1; key <= keys; key++) {
      candidates += random.nextDouble() < share ? 1 : 0;
      if (key % 20 == 0) {
        largest = Math.max(largest, SampleRatio.eValue(0.1, candidates, key - candidates));
      }
    }
    return largest;
  }
}
