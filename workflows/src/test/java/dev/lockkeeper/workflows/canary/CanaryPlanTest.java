package dev.lockkeeper.workflows.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanaryPlanTest {

  private static final Duration BAKE = Duration.ofMinutes(5);

  @Test
  void firstRelease_getsAllTrafficAndWaitsForTheFirstStepsRequests() {
    assertEquals(List.of(new CanaryStep(100, 60, BAKE)), steps(null, true));
    assertEquals(List.of(new CanaryStep(100, 60, BAKE)), steps(false, true));
  }

  @Test
  void firstReleaseThatNeedsNoTraffic_waitsForNoRequest() {
    assertEquals(List.of(new CanaryStep(100, 0, BAKE)), steps(true, true));
  }

  @Test
  void laterRelease_takesTheStepsAsTheyAre() {
    assertEquals(
        List.of(new CanaryStep(10, 60, BAKE), new CanaryStep(50, 90, BAKE)), steps(true, false));
  }

  private static List<CanaryStep> steps(@Nullable Boolean withoutTraffic, boolean firstRelease) {
    DeploymentSpecification specification =
        new DeploymentSpecification(
            List.of(new CanaryStep(10, 60, BAKE), new CanaryStep(50, 90, BAKE)),
            Duration.ofSeconds(10),
            0.05,
            Duration.ofHours(2),
            null,
            null,
            null,
            withoutTraffic);
    return CanaryPlan.of(specification, firstRelease).steps();
  }
}
