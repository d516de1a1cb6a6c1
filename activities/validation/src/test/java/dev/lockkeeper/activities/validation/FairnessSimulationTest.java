package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.activities.validation.FairnessSimulation.Cell;
import dev.lockkeeper.activities.validation.FairnessSimulation.Found;
import dev.lockkeeper.formats.validation.FairnessMetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of {@link FairnessSimulation}: bounds are three standard errors of the draws. */
class FairnessSimulationTest {

  private static final int DRAWS = 80;
  private static final double LEAST = 0.95 - 3 * Math.sqrt(0.95 * 0.05 / DRAWS);

  /** Before rates were shrunk, fifty equal groups were held in 30 to 48 % of the hold-outs. */
  @ParameterizedTest
  @ValueSource(ints = {2, 20, 40})
  void equalGroups_intervalHoldsEqualityAndNoneIsRefused(int groups) {
    Found found = run(new Cell("", 150, 1, FairnessSimulation.equal(groups)));

    assertTrue(found.held() >= LEAST, String.valueOf(found));
    assertTrue(found.refused() <= 0.05, String.valueOf(found));
  }

  @Test
  void oneOfTwentyGroupsTreatedWorse_isHeldAndNeverPassed() {
    Found found = run(new Cell("", 500, 1, FairnessSimulation.outlier(20)));

    assertTrue(found.held() >= LEAST, String.valueOf(found));
    assertEquals(0, found.passed(), 0.05);
  }

  @Test
  void twentyRowsOfAKey_intervalHolds() {
    Found found = run(new Cell("", 1_000, 20, FairnessSimulation.equal(2)));

    assertTrue(found.held() >= LEAST, String.valueOf(found));
  }

  private static Found run(Cell cell) {
    return FairnessSimulation.run(cell, FairnessMetric.DEMOGRAPHIC_PARITY_RATIO, DRAWS, 5);
  }
}
