package dev.lockkeeper.starter.pipeline;

import dev.lockkeeper.contracts.validation.BehaviourCheck;
import dev.lockkeeper.contracts.validation.FairnessGate;
import dev.lockkeeper.contracts.validation.FairnessMetric;
import dev.lockkeeper.contracts.validation.Metric;
import dev.lockkeeper.contracts.validation.MetricGate;
import dev.lockkeeper.contracts.validation.ValidationSpecification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the gates of a pipeline. */
final class Gates {

  private Gates() {}

  static ValidationSpecification read(Section validation) {
    validation.only(
        "decisionThreshold",
        "confidence",
        "bootstrapSamples",
        "seed",
        "metrics",
        "behaviour",
        "fairness");
    List<MetricGate> metrics = new ArrayList<>();
    for (Section gate : validation.sections("metrics")) {
      metrics.add(metric(gate));
    }
    List<BehaviourCheck> behaviour = new ArrayList<>();
    for (Section check : validation.sections("behaviour")) {
      behaviour.add(behaviour(check));
    }
    return new ValidationSpecification(
        validation.number("decisionThreshold", 0.5),
        validation.number("confidence", 0.95),
        (int) validation.integer("bootstrapSamples", 1_000),
        validation.integer("seed", 1),
        metrics,
        behaviour,
        validation.has("fairness") ? fairness(validation.section("fairness")) : null);
  }

  private static MetricGate metric(Section gate) {
    gate.only("metric", "minimum", "maximum", "margin");
    return new MetricGate(
        gate.choice("metric", Metric.class, null),
        gate.number("minimum"),
        gate.number("maximum"),
        gate.number("margin"));
  }

  private static BehaviourCheck behaviour(Section check) {
    String name = check.text("name");
    String kind = check.text("kind");
    switch (kind) {
      case "invariance" -> {
        check.only("kind", "name", "set", "tolerance", "minimumShare");
        return new BehaviourCheck.Invariance(
            name,
            check.textsByKey("set"),
            check.number("tolerance", 0.05),
            check.number("minimumShare", 0.95));
      }
      case "direction" -> {
        check.only("kind", "name", "column", "change", "increase", "minimumShare");
        return new BehaviourCheck.Direction(
            name,
            check.text("column"),
            check.number("change", 1),
            check.truth("increase", true),
            check.number("minimumShare", 0.95));
      }
      default -> {
        if (!kind.equals("case")) {
          check.problem("kind", "expected invariance, direction or case, got '" + kind + "'");
        }
        return knownCase(check, name);
      }
    }
  }

  private static BehaviourCheck knownCase(Section check, @Nullable String name) {
    check.only("kind", "name", "row", "minimum", "maximum");
    return new BehaviourCheck.KnownCase(
        String.valueOf(name),
        check.textsByKey("row"),
        check.number("minimum"),
        check.number("maximum"));
  }

  private static FairnessGate fairness(Section fairness) {
    fairness.only("column", "metric", "threshold", "minimumGroup", "inconclusiveBlocks");
    return new FairnessGate(
        fairness.text("column"),
        fairness.choice("metric", FairnessMetric.class, null),
        fairness.number("threshold", 0.8),
        (int) fairness.integer("minimumGroup", 100),
        fairness.truth("inconclusiveBlocks", false));
  }
}
