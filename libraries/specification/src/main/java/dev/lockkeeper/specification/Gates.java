package dev.lockkeeper.specification;

import dev.lockkeeper.formats.validation.BehaviourCheck;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.FairnessMetric;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the gates of a pipeline. */
final class Gates {

  private Gates() {}

  static ValidationSpecification read(
      Section validation, Columns columns, List<String> protectedColumns) {
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
      behaviour.add(behaviour(check, columns));
    }
    return new ValidationSpecification(
        validation.number("decisionThreshold", 0.5, ValidationSpecification.DECISION_THRESHOLDS),
        validation.number("confidence", 0.95, ValidationSpecification.CONFIDENCES),
        validation.integer("bootstrapSamples", 1_000, ValidationSpecification.SAMPLES),
        validation.integer("seed", 1),
        metrics,
        behaviour,
        validation.has("fairness") ? fairness(validation.section("fairness"), columns) : null,
        protectedColumns);
  }

  private static MetricGate metric(Section gate) {
    gate.only("metric", "minimum", "maximum", "margin");
    if (!gate.has("minimum") && !gate.has("maximum") && !gate.has("margin")) {
      gate.problem("metric", "expected minimum, maximum or margin: without one nothing is judged");
      return new MetricGate(gate.choice("metric", Metric.class, null), 0.0, null, null);
    }
    return new MetricGate(
        gate.choice("metric", Metric.class, null),
        gate.number("minimum"),
        gate.number("maximum"),
        gate.has("margin") ? gate.number("margin", 0, MetricGate.MARGINS) : null);
  }

  private static BehaviourCheck behaviour(Section check, Columns columns) {
    String name = check.text("name");
    String kind = check.text("kind");
    switch (kind) {
      case "invariance" -> {
        check.only("kind", "name", "set", "tolerance", "minimumShare");
        return new BehaviourCheck.Invariance(
            name,
            values(check, "set", columns),
            check.number("tolerance", 0.05, BehaviourCheck.SHARES),
            check.number("minimumShare", 0.95, BehaviourCheck.SHARES));
      }
      case "direction" -> {
        check.only("kind", "name", "column", "change", "increase", "minimumShare");
        columns.require(check, "column");
        return new BehaviourCheck.Direction(
            name,
            check.text("column"),
            check.number("change", 1),
            check.bool("increase", true),
            check.number("minimumShare", 0.95, BehaviourCheck.SHARES));
      }
      default -> {
        if (!kind.equals("case")) {
          check.problem("kind", "expected invariance, direction or case, got '" + kind + "'");
        }
        return knownCase(check, name, columns);
      }
    }
  }

  private static BehaviourCheck knownCase(Section check, String name, Columns columns) {
    check.only("kind", "name", "row", "minimum", "maximum");
    if (!check.has("minimum") && !check.has("maximum")) {
      check.problem("name", "expected minimum or maximum: without one nothing is judged");
      return new BehaviourCheck.KnownCase(name, values(check, "row", columns), 0.0, null);
    }
    return new BehaviourCheck.KnownCase(
        name, values(check, "row", columns), check.share("minimum"), check.share("maximum"));
  }

  private static Map<String, String> values(Section check, String key, Columns columns) {
    Section section = check.section(key);
    Map<String, String> values = section.textsByKey();
    if (values.isEmpty()) {
      check.problem(key, "expected at least one column with its value");
      return Map.of(key, "");
    }
    values.keySet().forEach(column -> columns.require(section, column, column));
    return values;
  }

  private static FairnessGate fairness(Section fairness, Columns columns) {
    fairness.only("column", "metric", "threshold", "minimumGroup", "inconclusiveBlocks");
    columns.require(fairness, "column");
    return new FairnessGate(
        fairness.text("column"),
        fairness.choice("metric", FairnessMetric.class, null),
        fairness.number("threshold", 0.8, FairnessGate.THRESHOLDS),
        fairness.integer("minimumGroup", 100, FairnessGate.GROUPS),
        fairness.bool("inconclusiveBlocks", true));
  }
}
