package dev.lockkeeper.activities.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves whatever is signed, at once, and has counted what the test says. */
final class ObedientTarget implements DeploymentTarget {

  /** The manifest of a first release, which has all the traffic. */
  private static final long FIRST = 1;

  private volatile long inForce;
  private volatile ArmCounts stable = new ArmCounts(0, 0, 0);
  private volatile ArmCounts candidate = new ArmCounts(0, 0, 0);

  /** What it has counted under the manifest in force. */
  void counted(ArmCounts ofStable, ArmCounts ofCandidate) {
    stable = ofStable;
    candidate = ofCandidate;
  }

  @Override
  public void apply(String endpoint, long sequence) {
    assertTrue(sequence > 0);
    if (sequence != inForce) {
      counted(new ArmCounts(0, 0, 0), new ArmCounts(0, 0, 0));
    }
    inForce = sequence;
  }

  @Override
  public Optional<CanaryCounts> counts(String endpoint, @Nullable Long sequence) {
    return sequence != null && sequence != inForce
        ? Optional.empty()
        : Optional.of(
            new CanaryCounts(
                endpoint, "g-1", inForce, inForce == FIRST ? 100 : 25, stable, candidate));
  }
}
