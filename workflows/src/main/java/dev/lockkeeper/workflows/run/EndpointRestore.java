package dev.lockkeeper.workflows.run;

import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.RestorePlan;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;

/**
 * The one way to take a release back: before all other work of the deployment stage, and tried
 * until it succeeds.
 *
 * @param endpoint the endpoint
 */
public record EndpointRestore(String endpoint) {

  /** What the endpoint serves now: somebody else may have restored it already. */
  public ServingState current() {
    return asked().get();
  }

  /** The same without waiting for it. */
  public Promise<ServingState> asked() {
    DeploymentActivities activities = activities("Find what " + endpoint + " serves now");
    return Async.function(activities::findStable, new FindStableInput(endpoint));
  }

  /**
   * Restores model, features, contract and thresholds together. After it no change can be made that
   * was begun before. A repeated call of the same workflow run is the same request.
   *
   * @param seen the sequence of the manifest that the caller saw last
   * @param plan what to restore, and what to take back
   * @param reason why, in one line
   */
  public Deployment to(long seen, RestorePlan plan, String reason) {
    String version = plan.version();
    String target = version == null ? "" : " to version " + version;
    return activities("Restore " + endpoint + target)
        .restoreStable(
            new RestoreInput(
                endpoint,
                version,
                reason,
                Workflow.getInfo().getRunId() + "/restore",
                seen,
                plan.takesBack(),
                plan.anyCandidate()));
  }

  private static DeploymentActivities activities(String summary) {
    return StageOptions.RESTORE.activities(DeploymentActivities.class, summary);
  }
}
