package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.Range;
import dev.lockkeeper.formats.Required;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The canary's plan.
 *
 * @param steps the steps, with rising percent
 * @param lookEvery time between two judgements
 * @param alpha chance of a false rollback over any number of looks, for example 0.05
 * @param maximum longest time of the whole canary; then the candidate is taken back
 * @param unit what counts once; null for {@link HarmUnit#KEY}
 * @param margin largest increase of the share of failures, for example 0.005, that the candidate
 *     must be shown to stay inside at the last step; null if that need not be shown
 * @param onInconclusive what becomes of a candidate that is not shown to; null for {@link
 *     Inconclusive#ROLLBACK}
 * @param firstReleaseWithoutTraffic whether a first release is promoted after the first step's bake
 *     time however few requests came; null for no: it waits for the step's minimum of requests
 */
public record DeploymentSpecification(
    List<CanaryStep> steps,
    Duration lookEvery,
    double alpha,
    Duration maximum,
    @Nullable HarmUnit unit,
    @Nullable Double margin,
    @Nullable Inconclusive onInconclusive,
    @Nullable Boolean firstReleaseWithoutTraffic) {

  public static final Range<Duration> LOOKS =
      new Range<>(Duration.ofMillis(200), Duration.ofHours(1));

  public static final Range<Double> ALPHAS = new Range<>(0.0001, 0.4999);

  /** A run lasts a week at most, and three days of it may go to the review. */
  public static final Range<Duration> MAXIMA =
      new Range<>(Duration.ofSeconds(1), Duration.ofHours(72));

  public static final Range<Double> MARGINS = new Range<>(0.0001, 0.5);

  /** A plan by keys without a margin. */
  public DeploymentSpecification(
      List<CanaryStep> steps, Duration lookEvery, double alpha, Duration maximum) {
    this(steps, lookEvery, alpha, maximum, null, null, null, null);
  }

  public DeploymentSpecification {
    steps = Required.list("deployment.steps", steps);
    LOOKS.require("deployment.lookEvery", lookEvery);
    ALPHAS.require("deployment.alpha", alpha);
    MAXIMA.require("deployment.maximum", maximum);
    if (steps.isEmpty()) {
      throw new InvalidSpecificationException("deployment.steps: expected at least one step");
    }
    double before = 0;
    Duration baking = Duration.ZERO;
    for (CanaryStep step : steps) {
      if (step.percent() <= before) {
        throw new InvalidSpecificationException(
            "deployment.steps.percent: expected more than "
                + TrafficShare.text(before)
                + ", the step before");
      }
      before = step.percent();
      baking = baking.plus(step.bake());
    }
    if (margin != null) {
      MARGINS.require("deployment.margin", margin);
    }
    if (margin != null && before >= CanaryStep.PERCENTS.high()) {
      throw new InvalidSpecificationException(
          "deployment.margin: the last step leaves the stable version no requests to compare with: expected less than 100 percent");
    }
    if (margin == null && onInconclusive != null) {
      throw new InvalidSpecificationException(
          "deployment.onInconclusive: expected deployment.margin beside it");
    }
    if (baking.compareTo(maximum) > 0) {
      throw new InvalidSpecificationException(
          "deployment.maximum: the steps bake for "
              + baking
              + ", and after "
              + maximum
              + " the candidate is taken back: expected more");
    }
  }

  /**
   * The steps that are really taken. A first release has nothing beside it: it gets all traffic at
   * once and is judged on its own for the first step's time and requests.
   */
  public List<CanaryStep> steps(boolean firstRelease) {
    if (!firstRelease) {
      return steps;
    }
    CanaryStep first = steps.get(0);
    boolean untried = Boolean.TRUE.equals(firstReleaseWithoutTraffic);
    return List.of(new CanaryStep(100, untried ? 0 : first.minimumRequests(), first.bake()));
  }
}
