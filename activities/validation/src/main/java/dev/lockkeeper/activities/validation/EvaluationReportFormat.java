package dev.lockkeeper.activities.validation;

import dev.lockkeeper.activities.validation.EvaluationReport.FairnessFinding;
import dev.lockkeeper.activities.validation.EvaluationReport.Gain;
import dev.lockkeeper.activities.validation.EvaluationReport.Group;
import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.run.RunFields;
import dev.lockkeeper.formats.validation.ChangeFields;
import dev.lockkeeper.formats.validation.GateFields;
import dev.lockkeeper.formats.validation.SpecificationFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code evaluation.json}: a file of the package, named by the gate statement. */
final class EvaluationReportFormat extends Format<EvaluationReport> {

  static final EvaluationReportFormat INSTANCE = new EvaluationReportFormat();

  private EvaluationReportFormat() {
    super("evaluation report", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(EvaluationReport value, FieldWriter to) {
    to.put("run", RunFields.write(value.run()))
        .put("passed", value.passed())
        .put("rows", value.rows())
        .put("positiveRows", value.positiveRows())
        .put("labelName", value.labelName())
        .put("modelDigest", value.modelDigest())
        .put("holdoutDigest", value.holdoutDigest())
        .put("programDigest", value.programDigest())
        .put("stableVersion", value.stableVersion())
        .put("stableModelDigest", value.stableModelDigest())
        .put("validation", SpecificationFields.write(value.validation()))
        .put("outcomes", write(value.outcomes()))
        .put("metrics", value.metrics(), RunFields::write)
        .put("gains", value.gains(), EvaluationReportFormat::write)
        .put("gates", value.gates(), GateFields::write)
        .put("behaviour", value.behaviour(), EvaluationReportFormat::write)
        .put("fairness", write(value.fairness()))
        .put("candidate", write(value.candidate()))
        .put("stable", write(value.stable()));
    if (!value.findings().isEmpty()) {
      to.put("findings", value.findings());
    }
    if (!value.changes().isEmpty()) {
      to.put("changes", value.changes(), ChangeFields::write);
    }
    if (!value.reason().isEmpty()) {
      to.put("reason", value.reason());
    }
  }

  @Override
  protected EvaluationReport readFields(FieldReader from) {
    FieldReader fairness = from.optionalObject("fairness");
    FieldReader outcomes = from.optionalObject("outcomes");
    FieldReader stable = from.optionalObject("stable");
    return new EvaluationReport(
        RunFields.run(from.object("run")),
        from.flag("passed"),
        from.integer("rows"),
        from.integer("positiveRows"),
        from.text("labelName"),
        from.text("modelDigest"),
        from.text("holdoutDigest"),
        from.text("programDigest"),
        from.optionalText("stableVersion"),
        from.optionalText("stableModelDigest"),
        SpecificationFields.read(from.object("validation")),
        from.has("findings") ? from.texts("findings") : List.of(),
        from.has("changes") ? from.list("changes", ChangeFields::read) : List.of(),
        from.has("reason") ? from.text("reason") : "",
        outcomes == null ? null : outcomes(outcomes),
        from.list("metrics", RunFields::metric),
        from.list("gains", EvaluationReportFormat::gain),
        from.list("gates", GateFields::read),
        from.list("behaviour", EvaluationReportFormat::behaviour),
        fairness == null ? null : fairness(fairness),
        curves(from.object("candidate")),
        stable == null ? null : curves(stable));
  }

  private static @Nullable FieldWriter write(@Nullable ConfusionMatrix outcomes) {
    return outcomes == null
        ? null
        : new FieldWriter()
            .put("truePositives", outcomes.truePositives())
            .put("falsePositives", outcomes.falsePositives())
            .put("falseNegatives", outcomes.falseNegatives())
            .put("trueNegatives", outcomes.trueNegatives());
  }

  private static ConfusionMatrix outcomes(FieldReader from) {
    return new ConfusionMatrix(
        from.integer("truePositives"),
        from.integer("falsePositives"),
        from.integer("falseNegatives"),
        from.integer("trueNegatives"));
  }

  private static FieldWriter write(Gain gain) {
    return new FieldWriter()
        .put("metric", gain.metric())
        .put("value", gain.value())
        .put("low", gain.low())
        .put("high", gain.high());
  }

  private static Gain gain(FieldReader from) {
    return new Gain(from.text("metric"), from.real("value"), from.real("low"), from.real("high"));
  }

  private static FieldWriter write(BehaviourResult result) {
    return new FieldWriter()
        .put("name", result.name())
        .put("kind", result.kind())
        .put("passed", result.passed())
        .put("rows", result.rows())
        .put("kept", result.kept())
        .put("value", result.value())
        .put("threshold", result.threshold())
        .put("example", result.example());
  }

  private static BehaviourResult behaviour(FieldReader from) {
    return new BehaviourResult(
        from.text("name"),
        from.text("kind"),
        from.flag("passed"),
        from.integer("rows"),
        from.integer("kept"),
        from.real("value"),
        from.real("threshold"),
        from.text("example"));
  }

  private static @Nullable FieldWriter write(@Nullable FairnessFinding finding) {
    return finding == null
        ? null
        : new FieldWriter()
            .put("column", finding.column())
            .put("metric", finding.metric())
            .put("groups", finding.groups(), EvaluationReportFormat::write)
            .put("leftOut", finding.leftOut(), EvaluationReportFormat::write)
            .put("smaller", finding.smaller());
  }

  private static FairnessFinding fairness(FieldReader from) {
    return new FairnessFinding(
        from.text("column"),
        from.text("metric"),
        from.list("groups", EvaluationReportFormat::group),
        from.list("leftOut", EvaluationReportFormat::group),
        from.integer("smaller"));
  }

  private static FieldWriter write(Group group) {
    return new FieldWriter()
        .put("name", group.name())
        .put("rows", group.rows())
        .put("selectionRate", group.selectionRate())
        .put("truePositiveRate", group.truePositiveRate())
        .put("falsePositiveRate", group.falsePositiveRate());
  }

  private static Group group(FieldReader from) {
    return new Group(
        from.text("name"),
        from.integer("rows"),
        from.real("selectionRate"),
        from.optionalReal("truePositiveRate"),
        from.optionalReal("falsePositiveRate"));
  }

  private static @Nullable FieldWriter write(@Nullable Curves curves) {
    if (curves == null) {
      return null;
    }
    FieldWriter to =
        new FieldWriter()
            .put(
                "roc",
                curves.roc(),
                point ->
                    new FieldWriter()
                        .put("falsePositiveRate", point.falsePositiveRate())
                        .put("truePositiveRate", point.truePositiveRate()))
            .put(
                "calibration",
                curves.calibration(),
                bin ->
                    new FieldWriter()
                        .put("predicted", bin.predicted())
                        .put("observed", bin.observed())
                        .put("low", bin.low())
                        .put("high", bin.high())
                        .put("rows", bin.rows()))
            .put("negatives", curves.negatives())
            .put("positives", curves.positives());
    return curves.precisionRecall().isEmpty()
        ? to
        : to.put(
            "precisionRecall",
            curves.precisionRecall(),
            point ->
                new FieldWriter()
                    .put("recall", point.recall())
                    .put("precision", point.precision()));
  }

  private static Curves curves(FieldReader from) {
    return new Curves(
        from.list(
            "roc",
            point ->
                new Curves.RocPoint(
                    point.real("falsePositiveRate"), point.real("truePositiveRate"))),
        from.has("precisionRecall")
            ? from.list(
                "precisionRecall",
                point -> new Curves.PrecisionPoint(point.real("recall"), point.real("precision")))
            : List.of(),
        from.list(
            "calibration",
            bin ->
                new Curves.CalibrationBin(
                    bin.real("predicted"),
                    bin.real("observed"),
                    bin.real("low"),
                    bin.real("high"),
                    bin.integer("rows"))),
        integers(from.numbers("negatives")),
        integers(from.numbers("positives")));
  }

  private static List<Integer> integers(List<Long> numbers) {
    return numbers.stream().map(Math::toIntExact).toList();
  }
}
