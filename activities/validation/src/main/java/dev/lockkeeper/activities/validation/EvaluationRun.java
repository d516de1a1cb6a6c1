package dev.lockkeeper.activities.validation;

import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.formats.validation.VersionChange;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One evaluation, from the verified inputs to the signed gate statement. */
final class EvaluationRun {

  private final StageContext context;
  private final DataEngineProvider engines;
  private final ValidateModelInput input;
  private final StageAttempt attempt;
  private final Path folder;

  /**
   * @param folder a working folder, gone afterwards
   */
  EvaluationRun(
      StageContext context,
      DataEngineProvider engines,
      ValidateModelInput input,
      StageAttempt attempt,
      Path folder) {
    this.context = context;
    this.engines = engines;
    this.input = input;
    this.attempt = attempt;
    this.folder = folder;
  }

  Evaluation evaluate() {
    VerifiedStatement features = phase("verify", this::verify);
    AppliedSplit split = SignedSplit.of(features);
    byte[] candidateModel = context.store().read(input.model().model());
    FeatureProgram program = FeatureProgram.load(context.store().read(input.features().program()));
    ModelPackage serving = input.stable();
    StableModel stable = serving == null ? null : StableModel.take(context, serving);
    HoldoutTable table = phase("read hold-out", () -> readHoldout(program, stable, split));
    requireBothLabels(table.labels());
    float[][] rows = phase("features", () -> table.finiteFeatures(program));
    String name = "candidate " + input.run().runId();
    try (EvaluatedModel model =
        EvaluatedModel.load(name, candidateModel, program.featureNames().size())) {
      double[] answers = phase("predict", () -> model.predict(rows));
      float[][] stableRows = stable == null ? null : table.features(stable.program());
      double[] stableAnswers =
          stable == null || stableRows == null
              ? null
              : phase("predict stable", () -> predict(stable, stableRows));
      MeasuredHoldout measured =
          new MeasuredHoldout(
              table,
              input.validation().decisionThreshold(),
              answers,
              stable == null ? null : stable.version(),
              stableAnswers);
      EvaluationReport report =
          report(
              new BehaviourRunner(program, model, table, answers),
              measured,
              stable,
              split,
              stable == null || stableRows == null
                  ? List.of()
                  : new SinceStable(context, input, features).changes(stable, stableRows));
      MonitoringBaseline baseline = BaselineHistograms.of(program.featureNames(), rows, answers);
      return new EvaluationDelivery(context, input).deliver(report, baseline, attempt);
    }
  }

  /** Verifies the deliveries; returns the features statement. */
  private VerifiedStatement verify() {
    FeatureTable features = input.features();
    VerifiedStatement statement =
        context.verifyInput(
            features.evidence(),
            Role.FEATURES,
            features.program(),
            features.training(),
            features.holdout());
    VerifiedStatement training =
        context.verifyInput(
            input.model().evidence(), Role.TRAINING, input.model().model(), input.model().record());
    training.requireMaterial(features.training().sha256(), "training table");
    training.requireMaterial(features.program().sha256(), "feature program");
    return statement;
  }

  private HoldoutTable readHoldout(
      FeatureProgram program, @Nullable StableModel stable, @Nullable AppliedSplit split) {
    Path parquet = context.store().localCopy(input.features().holdout(), folder);
    FairnessGate fairness = input.validation().fairness();
    try (DataEngine engine = engines.open(folder)) {
      HoldoutReader reader =
          HoldoutReader.open(engine, parquet).want(program.inputColumns(), "the feature program");
      if (stable != null) {
        reader.want(stable.program().inputColumns(), "the stable version " + stable.version());
      }
      return reader.read(
          input.features().labelName(),
          fairness == null ? null : fairness.column(),
          split,
          stable == null ? null : stable.split());
    } catch (SQLException e) {
      throw new StageException(
          FailureType.SPECIFICATION_INVALID, "the hold-out cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireBothLabels(boolean[] labels) {
    int positives = 0;
    for (boolean label : labels) {
      positives += label ? 1 : 0;
    }
    if (positives == 0 || positives == labels.length) {
      throw new SpecificationException(
          "the hold-out has "
              + labels.length
              + " rows and "
              + positives
              + " true labels: both labels are needed to measure a classifier; hold out more rows");
    }
  }

  private static double[] predict(StableModel stable, float[][] rows) {
    try (EvaluatedModel model =
        EvaluatedModel.load(
            "stable version " + stable.version(),
            stable.model(),
            stable.program().featureNames().size())) {
      return model.predict(rows);
    }
  }

  private EvaluationReport report(
      BehaviourRunner runner,
      MeasuredHoldout measured,
      @Nullable StableModel stable,
      @Nullable AppliedSplit split,
      List<VersionChange> changes) {
    ValidationSpecification asked = input.validation();
    HoldoutTable table = measured.table();
    boolean[] labels = table.labels();
    PairedBootstrap bootstrap = PairedBootstrap.of(asked);
    List<PairedBootstrap.Estimate> estimates =
        phase("bootstrap", () -> measured.estimate(bootstrap));
    List<BehaviourResult> behaviour =
        phase("behaviour", () -> asked.behaviour().stream().map(runner::run).toList());
    GroupFairness fairness = fairness(measured, bootstrap);
    List<GateResult> gates =
        GateChecks.judge(new HoldoutEvaluation(asked, measured, estimates, behaviour, fairness));
    return ReportAssembly.assemble(
        input.run(),
        new ReportAssembly.Subjects(
            input.features().labelName(),
            input.model().model().sha256(),
            input.features().holdout().sha256(),
            input.features().program().sha256(),
            stable == null ? null : stable.version(),
            stable == null ? null : stable.digest()),
        asked,
        HoldoutFindings.of(
            asked, table, split, measured.comparison(), stable == null ? null : stable.split()),
        new ReportAssembly.Origin(changes, input.reason()),
        new ScoredRows(measured.candidate(), labels, asked.decisionThreshold()).outcomes(),
        labels,
        estimates,
        gates,
        behaviour,
        fairness,
        Curves.of(measured.candidate(), labels),
        measured.stableCurves());
  }

  private @Nullable GroupFairness fairness(MeasuredHoldout measured, PairedBootstrap bootstrap) {
    FairnessGate gate = input.validation().fairness();
    if (gate == null) {
      return null;
    }
    HoldoutTable table = measured.table();
    return phase(
        "fairness",
        () ->
            GroupFairness.measure(
                gate,
                table.groups(gate.column()),
                table.labels(),
                measured.predicted(),
                table.units(),
                bootstrap));
  }

  private <T extends @Nullable Object> T phase(String name, Supplier<T> work) {
    attempt.heartbeat(name);
    Span span =
        GlobalOpenTelemetry.getTracer("dev.lockkeeper.validation").spanBuilder(name).startSpan();
    try (Scope scope = span.makeCurrent()) {
      return work.get();
    } finally {
      span.end();
    }
  }
}
