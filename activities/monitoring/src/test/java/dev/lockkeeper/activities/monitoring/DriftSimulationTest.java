package dev.lockkeeper.activities.monitoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.activities.monitoring.DriftSimulation.Cell;
import org.junit.jupiter.api.Test;

/** The short form of {@link DriftSimulation}. */
class DriftSimulationTest {

  private static final int DRAWS = 60;

  private static double alarms(Cell cell) {
    return DriftSimulation.alarms(cell, DRAWS, 4);
  }

  /** An index of 0.06, which a threshold of 0.25 never saw. */
  @Test
  void aQuarterOfAStandardDeviation_isSeen() {
    assertTrue(alarms(DriftSimulation.shift(0.25)) > 0.8);
  }

  @Test
  void aTenthOfAStandardDeviation_doesNotMatter() {
    assertTrue(alarms(DriftSimulation.shift(0.1)) < 0.1);
  }

  /** 79 % of such windows alarmed when each row counted. */
  @Test
  void rowsOfOneClient_seldomAlarm() {
    assertTrue(alarms(DriftSimulation.clients()) < 0.15);
  }

  /** 30 to 42 % of such windows alarmed when each rare value was tested. */
  @Test
  void rareValues_seldomAlarm() {
    assertTrue(alarms(DriftSimulation.sparse(200)) < 0.1);
  }
}
