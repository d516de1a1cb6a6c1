package dev.lockkeeper.formats.deployment;

/**
 * One release that an endpoint runs.
 *
 * @param role what it is for
 * @param release the release
 * @param percent its share of the requests, 0 to 100; for a shadow the share that it computes too
 */
public record ServingArm(ArmRole role, Release release, int percent) {

  public ServingArm {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException(
          "percent: a share of " + percent + " %; expected 0 to 100");
    }
  }
}
