package dev.lockkeeper.workflows.run;

import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import io.temporal.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one way to take a release back: before all other work of the deployment stage, and tried
 * until it succeeds.
 *
 * @param endpoint the endpoint
 */
public record EndpointRestore(String endpoint) {

  /** What the endpoint serves now: somebody else may have restored it already. */
  public ServingState current() {
    return activities("Find what " + endpoint + " serves now")
        .findStable(new FindStableInput(endpoint));
  }

  /**
   * Restores model, features, contract and thresholds together. After it no change can be made that
   * was begun before. A repeated call of the same workflow run is the same request.
   *
   * @param seen the sequence of the manifest that the caller saw last
   * @param version the version; null takes the candidate back or, outside a canary, restores the
   *     version before
   * @param takesBack roots of the packages to take back; once none of them serves, nothing is
   *     restored. Empty: whatever serves
   * @param reason why, in one line
   */
  public Deployment to(long seen, @Nullable String version, List<String> takesBack, String reason) {
    String target = version == null ? "" : " to version " + version;
    return activities("Restore " + endpoint + target)
        .restoreStable(
            new RestoreInput(
                endpoint,
                version,
                reason,
                Workflow.getInfo().getRunId() + "/restore",
                seen,
                takesBack));
  }

  private static DeploymentActivities activities(String summary) {
    return StageOptions.RESTORE.activities(DeploymentActivities.class, summary);
  }
}
