package dev.lockkeeper.testing.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockkeeper.activities.deployment.DeploymentTarget;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.stage.StageException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What any {@link DeploymentTarget} must do. An implementation's test extends it and opens a target
 * that can read a deployments zone with one signed manifest of {@link #endpoint}.
 */
public abstract class DeploymentTargetContract {

  private static final long FILED = 1;

  /** The target. */
  protected abstract DeploymentTarget target();

  /** A target of the same kind at an address where nothing answers. */
  protected abstract DeploymentTarget unreachable();

  /** The endpoint that the zone's only manifest, number 1, is of. */
  protected abstract String endpoint();

  /** Traffic is judged from the moment that {@code apply} returns. */
  @Test
  void appliedManifest_isInForceAndCounts() {
    target().apply(endpoint(), FILED);

    CanaryCounts inForce = target().counts(endpoint(), null).orElseThrow();
    assertEquals(FILED, inForce.sequence());
    assertEquals(endpoint(), inForce.endpoint());
    assertEquals(Optional.of(inForce), target().counts(endpoint(), FILED));
  }

  /** An activity is tried again, so a change is asked for again. */
  @Test
  void manifestThatIsAppliedAgain_countsOn() {
    target().apply(endpoint(), FILED);
    Optional<CanaryCounts> before = target().counts(endpoint(), FILED);

    target().apply(endpoint(), FILED);

    assertEquals(before, target().counts(endpoint(), FILED));
  }

  @Test
  void manifestThatIsNotThere_isRefusedAndTheOtherServesOn() {
    target().apply(endpoint(), FILED);

    StageException refused =
        assertThrows(StageException.class, () -> target().apply(endpoint(), FILED + 1));

    assertEquals(FailureType.GATEWAY_REFUSED, refused.type());
    assertEquals(FILED, target().counts(endpoint(), null).orElseThrow().sequence());
  }

  @Test
  void unknownEndpoint_hasNoCounts() {
    assertEquals(Optional.empty(), target().counts("nobody", null));
    assertEquals(Optional.empty(), target().counts("nobody", FILED));
  }

  /** It may come back, so the stage tries again. */
  @Test
  void targetThatDoesNotAnswer_isUnavailable() {
    StageException apply =
        assertThrows(StageException.class, () -> unreachable().apply(endpoint(), FILED));
    StageException counts =
        assertThrows(StageException.class, () -> unreachable().counts(endpoint(), null));

    assertEquals(FailureType.GATEWAY_UNAVAILABLE, apply.type());
    assertEquals(FailureType.GATEWAY_UNAVAILABLE, counts.type());
  }
}
