package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.temporal.common.VersioningBehavior;
import io.temporal.worker.WorkerDeploymentOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerVersionTest {

  @Test
  void version_isGivenToTheServerAndPinsByDefault() {
    WorkerDeploymentOptions options = new WorkerVersion("lockkeeper", "0.1.0+b67f").options();

    assertTrue(options.isUsingVersioning());
    assertEquals("lockkeeper.0.1.0+b67f", options.getVersion().toCanonicalString());
    assertEquals(VersioningBehavior.PINNED, options.getDefaultVersioningBehavior());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", ".1", "ü"})
  void buildIdThatNoServerTakes_isRefused(String buildId) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new WorkerVersion("lockkeeper", buildId));
    assertTrue(refused.getMessage().startsWith("build id '" + buildId + "': expected"));
  }

  @Test
  void deploymentNameWithADot_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WorkerVersion("lock.keeper", "1"));
  }
}
