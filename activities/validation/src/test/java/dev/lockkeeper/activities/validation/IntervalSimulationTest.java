package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.activities.validation.DrawnHoldout.Law;
import dev.lockkeeper.activities.validation.IntervalSimulation.Cell;
import dev.lockkeeper.activities.validation.IntervalSimulation.Found;
import dev.lockkeeper.formats.validation.Metric;
import org.junit.jupiter.api.Test;

/** The short form of {@link IntervalSimulation}: bounds are three standard errors of the draws. */
class IntervalSimulationTest {

  private static final int DRAWS = 120;
  private static final double LEAST = 0.95 - 3 * Math.sqrt(0.95 * 0.05 / DRAWS);
  private static final double MOST_PASSED = 0.025 + 3 * Math.sqrt(0.025 * 0.975 / DRAWS);

  @Test
  void fortyPositives_intervalsHoldAndWorseModelsSeldomPass() {
    Found found = run(new Law(0.02, 2, 2.3, 0.7, 1, 0), 2_000, 0.1);

    assertHold(found);
    for (Metric metric : Metric.values()) {
      assertTrue(found.passed()[metric.ordinal()] <= MOST_PASSED, metric.label());
    }
  }

  /** Intervals of rows contained the area in 79 % of the hold-outs, recall in 62 %. */
  @Test
  void twentyRowsOfAKey_intervalsHold() {
    assertHold(run(new Law(0.3, 1.3, 1.5, 0.6, 20, 0.5), 2_000, 0.5));
  }

  @Test
  void fourPositives_nothingIsJudged() {
    Found found = run(new Law(0.02, 2, 2.3, 0.7, 1, 0), 200, 0.1);

    assertTrue(found.inconclusive() > 0.9);
    for (Metric metric : Metric.values()) {
      assertEquals(0, found.passed()[metric.ordinal()], 0.02, metric.label());
    }
  }

  private static Found run(Law law, int rows, double threshold) {
    return IntervalSimulation.run(new Cell("", law, rows, threshold), DRAWS, 3);
  }

  private static void assertHold(Found found) {
    for (Metric metric : Metric.values()) {
      int m = metric.ordinal();
      assertTrue(found.value()[m] >= LEAST, metric.label() + " " + found.value()[m]);
      assertTrue(found.gain()[m] >= LEAST, metric.label() + " gain " + found.gain()[m]);
    }
  }
}
