package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.KeyCounts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IncreaseTest {

  private static final double ALPHA = 0.05;

  @Test
  void boundWithoutFailures_solvesTheMixturesEquation() {
    double upper = Increase.bound(0, 2_000, 1, ALPHA / 2);

    // The root of B(1/2, 2000 + 1/2) / B(1/2, 1/2) = 40 · (1 − p)^2000, by log-gamma and bisection.
    assertEquals(0.004022766, upper, 1e-8);
    assertEquals(0, Increase.bound(0, 2_000, 0, ALPHA / 2));
  }

  @Test
  void nothingCounted_saysNothing() {
    assertEquals(1, Increase.bound(0, 0, 1, ALPHA));
    assertEquals(0, Increase.bound(0, 0, 0, ALPHA));
  }

  @Test
  void allFailed_hasItsUpperEndAtOne() {
    assertEquals(1, Increase.bound(50, 50, 1, ALPHA));
    assertTrue(Increase.bound(50, 50, 0, ALPHA) > 0.8);
  }

  @Test
  void byKey_takesTheWorseOfBothBounds() {
    ArmCounts stable = new ArmCounts(10_000, 100, 0, 0, new KeyCounts(100, 100, 100, 100));
    ArmCounts candidate = new ArmCounts(10_000, 300, 0, 0, new KeyCounts(100, 100, 100, 100));
    double byRequest = Increase.atMost(candidate, stable, false, ALPHA);

    assertTrue(byRequest > 0.02, byRequest + "");
    assertTrue(Increase.atMost(candidate, stable, true, ALPHA) >= byRequest);
  }

  @Test
  void sequence_coversAShareAtEveryLook() {
    int missed = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long failed = 0;
      boolean out = false;
      for (int all = 1; all <= 3_000; all++) {
        failed += random.nextDouble() < 0.05 ? 1 : 0;
        if (all % 50 == 0) {
          out |= Increase.bound(failed, all, 1, ALPHA) < 0.05;
          out |= Increase.bound(failed, all, 0, ALPHA) > 0.05;
        }
      }
      missed += out ? 1 : 0;
    }
    assertTrue(missed <= 1_000 * ALPHA, missed + " of 1,000");
    assertTrue(missed > 0, "a sequence that never misses is too wide");
  }
}
