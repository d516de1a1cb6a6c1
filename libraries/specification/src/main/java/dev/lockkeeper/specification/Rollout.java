package dev.lockkeeper.specification;

import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the canary's plan of a pipeline. */
final class Rollout {

  /** A run lasts a week at most, and three days of it may go to the review. */
  private static final Duration LONGEST = Duration.ofHours(72);

  private Rollout() {}

  static DeploymentSpecification read(Section deployment) {
    deployment.only("steps", "lookEvery", "alpha", "maximum");
    List<CanaryStep> steps = new ArrayList<>();
    int before = 0;
    for (Section step : deployment.sections("steps")) {
      step.only("percent", "minimumRequests", "bake");
      int percent = step.integer("percent", 0, 1, 100);
      if (percent == 0 ? !step.has("percent") : percent <= before) {
        step.problem("percent", "expected more than " + before + ", the step before");
      }
      before = percent;
      steps.add(
          new CanaryStep(
              percent,
              step.integer("minimumRequests", 100, 0, Integer.MAX_VALUE),
              step.duration("bake", Duration.ofMinutes(5), Duration.ZERO, LONGEST)));
    }
    if (steps.isEmpty()) {
      steps.add(new CanaryStep(10, 500, Duration.ofMinutes(5)));
      steps.add(new CanaryStep(50, 2_000, Duration.ofMinutes(10)));
    }
    Duration maximum =
        deployment.duration("maximum", Duration.ofHours(2), Duration.ofSeconds(1), LONGEST);
    Duration baking = steps.stream().map(CanaryStep::bake).reduce(Duration.ZERO, Duration::plus);
    if (baking.compareTo(maximum) > 0) {
      deployment.problem(
          "maximum",
          "the steps bake for "
              + Durations.text(baking)
              + ", and after "
              + Durations.text(maximum)
              + " the candidate is taken back: expected more");
    }
    return new DeploymentSpecification(
        steps,
        deployment.duration(
            "lookEvery", Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofHours(1)),
        deployment.number("alpha", 0.05, 0.0001, 0.4999),
        maximum);
  }
}
