package dev.lockkeeper.workflows.canary;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.MarginFinding;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.Inconclusive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps a canary really takes, and how often it looks.
 *
 * @param steps the steps
 * @param lookEvery time between two looks of a young canary
 * @param maximum longest time of all
 * @param onInconclusive what becomes of a candidate that is not shown to stay inside a margin; null
 *     if nobody said
 */
record CanaryPlan(
    List<CanaryStep> steps,
    Duration lookEvery,
    Duration maximum,
    @Nullable Inconclusive onInconclusive) {

  /** Looks get no denser than one in this part of the age, so that the history stays bounded. */
  private static final int LOOKS_PER_AGE = 300;

  private static final Duration SHORTEST_LOOK = Duration.ofMillis(200);

  private static final int LEASE_MARGIN_PART = 10;

  private static final Duration SHORTEST_LEASE_MARGIN = Duration.ofSeconds(10);

  /** A look is given up after two minutes, and a restore takes seconds. */
  private static final Duration LONGEST_LEASE_MARGIN = Duration.ofMinutes(5);

  static CanaryPlan of(DeploymentSpecification specification, boolean firstRelease) {
    return new CanaryPlan(
        specification.steps(firstRelease),
        specification.lookEvery(),
        specification.maximum(),
        specification.onInconclusive());
  }

  /**
   * When the gateways take a candidate back by themselves. A canary that lives is over by then: its
   * maximum is the longest that it looks, and the margin is for its last look and for clocks that
   * differ.
   */
  Instant leaseUntil(Instant started) {
    Duration margin = max(maximum.dividedBy(LEASE_MARGIN_PART), SHORTEST_LEASE_MARGIN);
    return started
        .plus(maximum)
        .plus(margin.compareTo(LONGEST_LEASE_MARGIN) < 0 ? margin : LONGEST_LEASE_MARGIN);
  }

  /**
   * Whether the last step goes on, since it is not shown that the candidate stays inside the
   * margin.
   *
   * @param number the step, from 1
   */
  boolean isUnshown(int number, CanaryLook look) {
    MarginFinding finding = look.margin();
    return number == steps.size()
        && onInconclusive != Inconclusive.PROMOTE
        && finding != null
        && !finding.inside();
  }

  /** Whether the approvers are asked about a candidate that is not shown to stay inside. */
  boolean asks() {
    return onInconclusive == Inconclusive.ASK;
  }

  Duration untilNextLook(Instant started, Instant stepStarted, CanaryStep step, Instant now) {
    Duration wait = max(lookEvery, Duration.between(started, now).dividedBy(LOOKS_PER_AGE));
    Duration bakeLeft = Duration.between(now, stepStarted.plus(step.bake()));
    if (bakeLeft.compareTo(Duration.ZERO) > 0 && bakeLeft.compareTo(wait) < 0) {
      wait = bakeLeft;
    }
    Duration left = Duration.between(now, started.plus(maximum));
    return max(left.compareTo(wait) < 0 ? left : wait, SHORTEST_LOOK);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
