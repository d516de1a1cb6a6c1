package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.ServingState;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * The deployment stage, on task queue {@code lockkeeper-deployment}. Every change verifies the
 * whole chain first, is written as a signed manifest and is confirmed by the gateways, which verify
 * the whole chain again. What gives a candidate traffic is confirmed by each of them. What takes
 * traffic back is confirmed by those that answer, at least one, and names the others.
 *
 * <p>Fails with {@code CUSTODY_BROKEN}, {@code GATEWAY_REFUSED} or (retried) {@code
 * GATEWAY_UNAVAILABLE}. A shift or a promotion of a caller that has not seen the newest manifest
 * fails with {@code ENDPOINT_CHANGED}.
 */
@ActivityInterface
public interface DeploymentActivities {

  /** What the endpoint serves now. */
  @ActivityMethod(name = "FindStable")
  ServingState findStable(FindStableInput input);

  /** Gives the candidate a share of the traffic. Without a stable version it gets all of it. */
  @ActivityMethod(name = "ShiftTraffic")
  Deployment shiftTraffic(ShiftTrafficInput input);

  /** One look at the canary: reads the gateway's counts and judges. */
  @ActivityMethod(name = "JudgeCanary")
  CanaryLook judgeCanary(JudgeCanaryInput input);

  /** Makes the candidate the stable version, if it still is the candidate. */
  @ActivityMethod(name = "PromoteModel")
  Deployment promoteModel(ShiftTrafficInput input);

  /**
   * Takes a release back: model, features, contract and thresholds together. Fails with {@code
   * SPECIFICATION_INVALID} if there is nothing to restore.
   */
  @ActivityMethod(name = "RestoreStable")
  Deployment restoreStable(RestoreInput input);
}
