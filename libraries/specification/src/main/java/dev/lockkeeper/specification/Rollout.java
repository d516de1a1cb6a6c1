package dev.lockkeeper.specification;

import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the canary's plan of a pipeline. */
final class Rollout {

  private static final List<CanaryStep> STANDARD =
      List.of(
          new CanaryStep(10, 500, Duration.ofMinutes(5)),
          new CanaryStep(50, 2_000, Duration.ofMinutes(10)));

  private Rollout() {}

  static DeploymentSpecification read(Section deployment) {
    deployment.only("steps", "lookEvery", "alpha", "maximum");
    List<CanaryStep> steps = new ArrayList<>();
    int before = 0;
    boolean rising = true;
    for (Section step : deployment.sections("steps")) {
      step.only("percent", "minimumRequests", "bake");
      int percent = step.integer("percent", 0, CanaryStep.PERCENTS);
      if (percent == 0 ? !step.has("percent") : percent <= before) {
        step.problem("percent", "expected more than " + before + ", the step before");
      }
      rising = rising && percent > before;
      before = percent;
      steps.add(
          new CanaryStep(
              Math.max(1, percent),
              step.integer("minimumRequests", 100, CanaryStep.REQUESTS),
              step.duration("bake", Duration.ofMinutes(5), CanaryStep.BAKES)));
    }
    if (steps.isEmpty()) {
      steps.addAll(STANDARD);
    }
    Duration maximum =
        deployment.duration("maximum", Duration.ofHours(2), DeploymentSpecification.MAXIMA);
    Duration baking = steps.stream().map(CanaryStep::bake).reduce(Duration.ZERO, Duration::plus);
    boolean inTime = baking.compareTo(maximum) <= 0;
    if (!inTime) {
      deployment.problem(
          "maximum",
          "the steps bake for "
              + Durations.text(baking)
              + ", and after "
              + Durations.text(maximum)
              + " the candidate is taken back: expected more");
    }
    // A plan with a problem is not used, but the rest of the file is still read for its problems.
    boolean usable = rising && inTime;
    return new DeploymentSpecification(
        usable ? steps : STANDARD,
        deployment.duration("lookEvery", Duration.ofSeconds(10), DeploymentSpecification.LOOKS),
        deployment.number("alpha", 0.05, DeploymentSpecification.ALPHAS),
        usable ? maximum : DeploymentSpecification.MAXIMA.high());
  }
}
