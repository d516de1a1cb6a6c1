package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link CountingSimulation}. */
class CountingSimulationTest {

  private static final int DRAWS = 40;

  @TempDir Path folder;

  @Test
  void failuresThatBothVersionsShare_doNotHideTheCandidatesOwn() throws IOException {
    CountingSimulation.Figures figures =
        CountingSimulation.quick(folder.resolve("hidden"), CountingSimulation.HIDDEN, DRAWS);

    assertTrue(figures.share() > 0.95, figures.line("found"));
  }

  @Test
  void requestsByName_makeEqualVersionsNoHarm() throws IOException {
    CountingSimulation.Figures figures =
        CountingSimulation.quick(folder.resolve("named"), CountingSimulation.BY_NAME, DRAWS);

    assertTrue(figures.harms() <= rare(DRAWS), figures.line("called harm"));
  }

  @Test
  void largeRequestsOfEqualVersions_areNoHarm() throws IOException {
    CountingSimulation.Figures figures =
        CountingSimulation.large(folder.resolve("large"), CountingSimulation.LARGE_REQUESTS, DRAWS);

    assertTrue(figures.harms() <= rare(DRAWS), figures.line("called harm"));
  }

  /** Harms that a test of alpha exceeds in less than one case of a thousand. */
  private static double rare(int draws) {
    double mean = draws * CountingSimulation.ALPHA;
    return mean + 3.1 * Math.sqrt(mean * (1 - CountingSimulation.ALPHA));
  }
}
