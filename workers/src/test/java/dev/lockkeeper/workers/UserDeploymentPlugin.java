package dev.lockkeeper.workers;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.FindStableInput;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import dev.lockkeeper.formats.run.Role;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What a user writes to take a stage over: only restoring is of interest here. */
final class UserDeploymentPlugin extends SimplePlugin {
  final List<String> queues = new ArrayList<>();
  private final AtomicInteger failures;

  UserDeploymentPlugin() {
    this(0);
  }

  /** The first calls fail, and may be repeated. */
  UserDeploymentPlugin(int failures) {
    super("example.deployment");
    this.failures = new AtomicInteger(failures);
  }

  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    queues.add(taskQueue);
    if (taskQueue.equals(Role.DEPLOYMENT.taskQueue())) {
      worker.registerActivitiesImplementations(new Restorer());
    }
  }

  private final class Restorer implements DeploymentActivities {

    @Override
    public ServingState findStable(FindStableInput input) {
      if (failures.getAndDecrement() > 0) {
        throw StageFailure.of(FailureType.GATEWAY_UNAVAILABLE, "not yet");
      }
      return new ServingState(input.endpoint(), 0, null, null, 0);
    }

    @Override
    public Deployment restoreStable(RestoreInput input) {
      ArtifactRef manifest =
          new ArtifactRef(Zone.DEPLOYMENTS, "0".repeat(64), 1, "application/json");
      return new Deployment(
          new ServingState(input.endpoint(), 1, null, null, 0),
          0.1,
          new Evidence(manifest, 1, 100));
    }

    @Override
    public Deployment shiftTraffic(ShiftTrafficInput input) {
      throw StageFailure.of(FailureType.GATEWAY_REFUSED, "not a canary");
    }

    @Override
    public CanaryLook judgeCanary(JudgeCanaryInput input) {
      throw StageFailure.of(FailureType.GATEWAY_REFUSED, "not a canary");
    }

    @Override
    public Deployment promoteModel(ShiftTrafficInput input) {
      throw StageFailure.of(FailureType.GATEWAY_REFUSED, "not a canary");
    }
  }
}
