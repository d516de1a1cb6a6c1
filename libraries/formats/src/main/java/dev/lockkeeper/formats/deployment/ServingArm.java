package dev.lockkeeper.formats.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One release that an endpoint runs.
 *
 * @param role what it is for
 * @param release the release
 * @param percent its share of the requests, 0 to 100 with at most two decimals; for a shadow the
 *     share that it computes too
 * @param leaseUntil when a candidate's share ends unless a newer manifest says otherwise; null for
 *     never. From then on the stable release answers for it
 */
public record ServingArm(
    ArmRole role, Release release, double percent, @Nullable Instant leaseUntil) {

  /** An arm whose share has no end. */
  public ServingArm(ArmRole role, Release release, double percent) {
    this(role, release, percent, null);
  }

  public ServingArm {
    TrafficShare.parts(percent);
  }
}
