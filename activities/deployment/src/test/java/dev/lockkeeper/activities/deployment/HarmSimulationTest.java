package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.deployment.HarmUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@link HarmSimulation}. */
class HarmSimulationTest {

  private static final int DRAWS = 100;
  private static final double[] EQUAL = {0.05, 0.05};
  private static final double[] HARMFUL = {0.01, 0.06};

  @ParameterizedTest
  @EnumSource(SimulatedTraffic.Kind.class)
  void equalVersions_areRarelyHarmByKey(SimulatedTraffic.Kind kind) {
    HarmSimulation.Figures figures = HarmSimulation.canaries(kind, HarmUnit.KEY, EQUAL, 0, DRAWS);

    assertTrue(figures.harms() <= rare(), kind + ": " + figures);
  }

  @Test
  void failuresThatClusterOnKeys_misleadTheTestByRequests() {
    HarmSimulation.Figures figures =
        HarmSimulation.canaries(
            SimulatedTraffic.Kind.BUSY_CLUSTERS, HarmUnit.REQUEST, EQUAL, 0, DRAWS);

    assertTrue(figures.harms() > 2 * rare(), figures.toString());
  }

  @Test
  void harm_isFoundByEitherUnit() {
    for (HarmUnit unit : HarmUnit.values()) {
      HarmSimulation.Figures figures =
          HarmSimulation.canaries(SimulatedTraffic.Kind.EVEN_10_000, unit, HARMFUL, 0, DRAWS);

      assertTrue(figures.harms() > 0.95, unit + ": " + figures);
    }
  }

  /** What a test of alpha exceeds in less than one case of a thousand. */
  private static double rare() {
    return HarmSimulation.ALPHA
        + 3.1 * Math.sqrt(HarmSimulation.ALPHA * (1 - HarmSimulation.ALPHA) / DRAWS);
  }
}
