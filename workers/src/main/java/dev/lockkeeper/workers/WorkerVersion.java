package dev.lockkeeper.workers;

import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;

/**
 * Which build of the workflows a worker runs. A server gives it work once somebody has made its
 * version the current one of its deployment.
 *
 * @param deployment the deployment's name, the same for all builds, for example {@code lockkeeper}
 * @param buildId the build, for example {@code 0.1.0-b67f41c}
 */
public record WorkerVersion(String deployment, String buildId) {

  public WorkerVersion {
    require("deployment name", deployment);
    require("build id", buildId);
  }

  private static void require(String what, String value) {
    // Temporal writes DEPLOYMENT.BUILD, so the deployment's name may not have a dot.
    if (!value.matches("[A-Za-z0-9_+:-][A-Za-z0-9_.+:-]{0,127}")
        || (what.startsWith("deployment") && value.indexOf('.') >= 0)) {
      throw new IllegalArgumentException(
          what
              + " '"
              + value
              + "': expected 1 to 128 letters, digits, '-', '_', '+' or ':', and '.' in a build id alone");
    }
  }

  /** Each workflow says itself how it is versioned; one that does not is pinned. */
  WorkerDeploymentOptions options() {
    return WorkerDeploymentOptions.newBuilder()
        .setVersion(new WorkerDeploymentVersion(deployment, buildId))
        .setUseVersioning(true)
        .setDefaultVersioningBehavior(VersioningBehavior.PINNED)
        .build();
  }
}
