package dev.lockkeeper.activities.validation;

import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.engine.DataEngine;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.FairnessGate;
import dev.lockkeeper.formats.validation.GateResult;
import dev.lockkeeper.formats.validation.ValidationSpecification;
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
    phase("verify", this::verify);
    byte[] candidateModel = context.store().read(input.model().model());
    FeatureProgram program = FeatureProgram.load(context.store().read(input.features().program()));
    ModelPackage serving = input.stable();
    StableModel stable = serving == null ? null : StableModel.take(context, serving);
    HoldoutTable table = phase("read hold-out", () -> readHoldout(program, stable));
    requireBothLabels(table.labels());
    float[][] features = phase("features", () -> table.finiteFeatures(program));
    String name = "candidate " + input.run().runId();
    try (EvaluatedModel model =
        EvaluatedModel.load(name, candidateModel, program.featureNames().size())) {
      double[] answers = phase("predict", () -> model.predict(features));
      double[] stableAnswers =
          stable == null ? null : phase("predict stable", () -> predict(stable, table));
      EvaluationReport report = report(program, model, table, answers, stable, stableAnswers);
      MonitoringBaseline baseline =
          BaselineHistograms.of(program.featureNames(), features, answers);
      return new EvaluationDelivery(context, input).deliver(report, baseline, attempt);
    }
  }

  private boolean verify() {
    FeatureTable features = input.features();
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
    return true;
  }

  private HoldoutTable readHoldout(FeatureProgram program, @Nullable StableModel stable) {
    Path parquet = context.store().localCopy(input.features().holdout(), folder);
    FairnessGate fairness = input.validation().fairness();
    try (DataEngine engine = engines.open(folder)) {
      HoldoutReader reader =
          HoldoutReader.open(engine, parquet).want(program.inputColumns(), "the feature program");
      if (stable != null) {
        reader.want(stable.program().inputColumns(), "the stable version " + stable.version());
      }
      return reader.read(input.features().labelName(), fairness == null ? null : fairness.column());
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

  private static double[] predict(StableModel stable, HoldoutTable table) {
    FeatureProgram program = stable.program();
    try (EvaluatedModel model =
        EvaluatedModel.load(
            "stable version " + stable.version(), stable.model(), program.featureNames().size())) {
      return model.predict(table.features(program));
    }
  }

  private EvaluationReport report(
      FeatureProgram program,
      EvaluatedModel model,
      HoldoutTable table,
      double[] answers,
      @Nullable StableModel stable,
      double @Nullable [] stableAnswers) {
    ValidationSpecification asked = input.validation();
    double cut = asked.decisionThreshold();
    boolean[] labels = table.labels();
    PairedBootstrap bootstrap =
        new PairedBootstrap(asked.bootstrapSamples(), asked.confidence(), asked.seed());
    ScoredRows stableRows =
        stableAnswers == null ? null : new ScoredRows(stableAnswers, labels, cut);
    List<PairedBootstrap.Estimate> estimates =
        phase(
            "bootstrap",
            () -> bootstrap.estimate(new ScoredRows(answers, labels, cut), stableRows));
    BehaviourRunner runner = new BehaviourRunner(program, model, table, answers);
    List<BehaviourResult> behaviour =
        phase("behaviour", () -> asked.behaviour().stream().map(runner::run).toList());
    GroupFairness fairness = fairness(table, answers, bootstrap);
    List<GateResult> gates =
        GateChecks.judge(
            new HoldoutEvaluation(
                asked,
                new HoldoutEvaluation.Predictions("", labels, answers),
                stable == null || stableAnswers == null
                    ? null
                    : new HoldoutEvaluation.Predictions(stable.version(), labels, stableAnswers),
                estimates,
                behaviour,
                fairness));
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
        labels,
        estimates,
        gates,
        behaviour,
        fairness,
        Curves.of(answers, labels),
        stableAnswers == null ? null : Curves.of(stableAnswers, labels));
  }

  private @Nullable GroupFairness fairness(
      HoldoutTable table, double[] answers, PairedBootstrap bootstrap) {
    FairnessGate gate = input.validation().fairness();
    if (gate == null) {
      return null;
    }
    boolean[] predicted = new boolean[answers.length];
    for (int row = 0; row < predicted.length; row++) {
      predicted[row] = answers[row] >= input.validation().decisionThreshold();
    }
    return phase(
        "fairness",
        () ->
            GroupFairness.measure(
                gate, table.groups(gate.column()), table.labels(), predicted, bootstrap));
  }

  private <T> T phase(String name, Supplier<T> work) {
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
