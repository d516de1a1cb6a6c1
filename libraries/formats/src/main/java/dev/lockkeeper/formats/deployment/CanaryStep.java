package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.Range;
import java.time.Duration;

/**
 * One step of a canary.
 *
 * @param percent share of the traffic that the candidate gets, 0.01 to 100 with at most two
 *     decimals
 * @param minimumRequests candidate requests that must have been judged before the next step
 * @param bake least time at this step
 */
public record CanaryStep(double percent, long minimumRequests, Duration bake) {

  public static final Range<Double> PERCENTS = new Range<>(0.01, 100.0);

  public static final Range<Long> REQUESTS = new Range<>(0L, (long) Integer.MAX_VALUE);

  /** A run lasts a week at most, and three days of it may go to the review. */
  public static final Range<Duration> BAKES = new Range<>(Duration.ZERO, Duration.ofHours(72));

  public CanaryStep {
    PERCENTS.require("deployment.steps.percent", percent);
    if (!TrafficShare.isWholeParts(percent)) {
      throw new InvalidSpecificationException(
          "deployment.steps.percent: expected at most two decimals, got " + percent);
    }
    REQUESTS.require("deployment.steps.minimumRequests", minimumRequests);
    BAKES.require("deployment.steps.bake", bake);
  }
}
