package dev.lockkeeper.specification;

import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.deployment.Inconclusive;
import dev.lockkeeper.formats.deployment.TrafficShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the canary's plan of a pipeline. */
final class Rollout {

  private static final List<CanaryStep> STANDARD =
      List.of(
          new CanaryStep(10, 500, Duration.ofMinutes(5)),
          new CanaryStep(50, 2_000, Duration.ofMinutes(10)));

  private static final String FIRST = "firstReleaseWithoutTraffic";

  private Rollout() {}

  static DeploymentSpecification read(Section deployment) {
    deployment.only(
        "steps", "lookEvery", "alpha", "maximum", "unit", "margin", "onInconclusive", FIRST);
    List<CanaryStep> steps = steps(deployment);
    boolean usable = !steps.isEmpty();
    Duration maximum =
        deployment.duration("maximum", Duration.ofHours(2), DeploymentSpecification.MAXIMA);
    Duration baking = steps.stream().map(CanaryStep::bake).reduce(Duration.ZERO, Duration::plus);
    if (baking.compareTo(maximum) > 0) {
      usable = false;
      deployment.problem(
          "maximum",
          "the steps bake for "
              + Durations.text(baking)
              + ", and after "
              + Durations.text(maximum)
              + " the candidate is taken back: expected more");
    }
    Double margin = margin(deployment);
    if (margin != null
        && usable
        && steps.get(steps.size() - 1).percent() >= CanaryStep.PERCENTS.high()) {
      usable = false;
      deployment.problem(
          "margin",
          "the last step leaves the stable version no requests: expected less than 100 percent");
    }
    // A plan with a problem is not used, but the rest of the file is still read for its problems.
    return new DeploymentSpecification(
        usable ? steps : STANDARD,
        deployment.duration("lookEvery", Duration.ofSeconds(10), DeploymentSpecification.LOOKS),
        deployment.number("alpha", 0.05, DeploymentSpecification.ALPHAS),
        usable ? maximum : DeploymentSpecification.MAXIMA.high(),
        deployment.has("unit") ? deployment.choice("unit", HarmUnit.class, HarmUnit.KEY) : null,
        margin,
        onInconclusive(deployment, margin),
        deployment.has(FIRST) ? deployment.bool(FIRST, false) : null);
  }

  /** The steps, or the standard ones; none if there is a problem with their shares. */
  private static List<CanaryStep> steps(Section deployment) {
    List<CanaryStep> steps = new ArrayList<>();
    double before = 0;
    boolean rising = true;
    for (Section step : deployment.sections("steps")) {
      step.only("percent", "minimumRequests", "bake");
      double percent =
          step.parsed(
              "percent",
              0.0,
              "a number from 0.01 to 100 with at most two decimals",
              Rollout::percent);
      if (percent == 0 ? !step.has("percent") : percent <= before) {
        step.problem(
            "percent", "expected more than " + TrafficShare.text(before) + ", the step before");
      }
      rising = rising && percent > before;
      before = percent;
      steps.add(
          new CanaryStep(
              percent == 0 ? 100 : percent,
              step.integer("minimumRequests", 100, CanaryStep.REQUESTS),
              step.duration("bake", Duration.ofMinutes(5), CanaryStep.BAKES)));
    }
    if (!rising) {
      return List.of();
    }
    return steps.isEmpty() ? STANDARD : steps;
  }

  private static double percent(String text) {
    double percent = Section.decimal(text);
    if (!CanaryStep.PERCENTS.contains(percent) || !TrafficShare.isWholeParts(percent)) {
      throw new IllegalArgumentException(text);
    }
    return percent;
  }

  private static @Nullable Double margin(Section deployment) {
    return deployment.has("margin")
        ? deployment.number("margin", 0.01, DeploymentSpecification.MARGINS)
        : null;
  }

  private static @Nullable Inconclusive onInconclusive(
      Section deployment, @Nullable Double margin) {
    if (!deployment.has("onInconclusive")) {
      return null;
    }
    if (margin == null) {
      deployment.problem("onInconclusive", "expected margin beside it");
      return null;
    }
    return deployment.choice("onInconclusive", Inconclusive.class, Inconclusive.ROLLBACK);
  }
}
