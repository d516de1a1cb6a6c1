package example.extensions;

import dev.lockkeeper.activities.deployment.DeploymentTarget;
import dev.lockkeeper.activities.deployment.DeploymentTargetProvider;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code counted:REQUESTS}: a target whose arms have answered so many requests each. */
public final class CountedTarget implements DeploymentTargetProvider {

  @Override
  public String scheme() {
    return "counted";
  }

  @Override
  public DeploymentTarget open(URI target) {
    return new Counted(Long.parseLong(target.getSchemeSpecificPart()));
  }

  private record Counted(long requests) implements DeploymentTarget {

    @Override
    public void apply(String endpoint, long sequence) {
      // It serves whatever is signed, at once.
    }

    @Override
    public Optional<CanaryCounts> counts(String endpoint, @Nullable Long sequence) {
      ArmCounts arm = new ArmCounts(requests, 0, 0);
      return Optional.of(
          new CanaryCounts(endpoint, "counted", sequence == null ? 1 : sequence, 50, arm, arm));
    }
  }
}
