package dev.lockkeeper.workflows.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import java.time.Duration;
import java.time.Instant;
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

  @Test
  void lease_outlivesTheMaximumByATenthOfItTenSecondsAtLeastAndFiveMinutesAtMost() {
    assertEquals(Duration.ofSeconds(45 + 10), lease(Duration.ofSeconds(45)));
    assertEquals(Duration.ofMinutes(20 + 2), lease(Duration.ofMinutes(20)));
    assertEquals(Duration.ofMinutes(120 + 5), lease(Duration.ofHours(2)));
  }

  private static Duration lease(Duration maximum) {
    Instant started = Instant.parse("2026-11-01T10:00:00Z");
    CanaryPlan plan = new CanaryPlan(List.of(), Duration.ofSeconds(10), maximum, null);
    return Duration.between(started, plan.leaseUntil(started));
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
