package dev.lockkeeper.formats.validation;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gates as they were asked for, as a part of documents. */
public final class SpecificationFields {

  private SpecificationFields() {}

  public static FieldWriter write(ValidationSpecification specification) {
    List<String> marked = specification.protectedColumns();
    FieldWriter to = new FieldWriter();
    return (marked.isEmpty() ? to : to.put("protectedColumns", marked))
        .put("decisionThreshold", specification.decisionThreshold())
        .put("confidence", specification.confidence())
        .put("bootstrapSamples", specification.bootstrapSamples())
        .put("seed", specification.seed())
        .put("metrics", specification.metrics(), SpecificationFields::write)
        .put("behaviour", specification.behaviour(), SpecificationFields::write)
        .put("fairness", optional(specification.fairness()));
  }

  public static ValidationSpecification read(FieldReader from) {
    FieldReader fairness = from.optionalObject("fairness");
    return new ValidationSpecification(
        from.real("decisionThreshold"),
        from.real("confidence"),
        from.integer("bootstrapSamples"),
        from.number("seed"),
        from.list("metrics", SpecificationFields::metric),
        from.list("behaviour", SpecificationFields::behaviour),
        fairness == null ? null : fairness(fairness),
        from.has("protectedColumns") ? from.texts("protectedColumns") : List.of());
  }

  private static FieldWriter write(MetricGate gate) {
    return new FieldWriter()
        .put("metric", gate.metric())
        .put("minimum", gate.minimum())
        .put("maximum", gate.maximum())
        .put("margin", gate.margin());
  }

  private static MetricGate metric(FieldReader from) {
    return new MetricGate(
        from.constant("metric", Metric.class),
        from.optionalReal("minimum"),
        from.optionalReal("maximum"),
        from.optionalReal("margin"));
  }

  private static FieldWriter write(BehaviourCheck check) {
    FieldWriter to = new FieldWriter().put("name", check.name());
    if (check instanceof BehaviourCheck.Invariance invariance) {
      return to.put("kind", "invariance")
          .put("set", invariance.set())
          .put("tolerance", invariance.tolerance())
          .put("minimumShare", invariance.minimumShare());
    }
    if (check instanceof BehaviourCheck.Direction direction) {
      return to.put("kind", "direction")
          .put("column", direction.column())
          .put("change", direction.change())
          .put("increase", direction.increase())
          .put("minimumShare", direction.minimumShare());
    }
    BehaviourCheck.KnownCase known = (BehaviourCheck.KnownCase) check;
    return to.put("kind", "case")
        .put("row", known.row())
        .put("minimum", known.minimum())
        .put("maximum", known.maximum());
  }

  private static BehaviourCheck behaviour(FieldReader from) {
    String name = from.text("name");
    String kind = from.text("kind");
    return switch (kind) {
      case "invariance" ->
          new BehaviourCheck.Invariance(
              name, from.textMap("set"), from.real("tolerance"), from.real("minimumShare"));
      case "direction" ->
          new BehaviourCheck.Direction(
              name,
              from.text("column"),
              from.real("change"),
              from.flag("increase"),
              from.real("minimumShare"));
      case "case" ->
          new BehaviourCheck.KnownCase(
              name,
              from.textMap("row"),
              from.optionalReal("minimum"),
              from.optionalReal("maximum"));
      default ->
          throw new IllegalArgumentException(
              "kind '" + kind + "': expected invariance, direction or case");
    };
  }

  private static @Nullable FieldWriter optional(@Nullable FairnessGate gate) {
    return gate == null
        ? null
        : new FieldWriter()
            .put("column", gate.column())
            .put("metric", gate.metric())
            .put("threshold", gate.threshold())
            .put("minimumGroup", gate.minimumGroup())
            .put("inconclusiveBlocks", gate.inconclusiveBlocks());
  }

  private static FairnessGate fairness(FieldReader from) {
    return new FairnessGate(
        from.text("column"),
        from.constant("metric", FairnessMetric.class),
        from.real("threshold"),
        from.integer("minimumGroup"),
        from.flag("inconclusiveBlocks"));
  }
}
