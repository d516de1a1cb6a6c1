package dev.lockkeeper.activities.registry;

import dev.lockkeeper.contracts.registry.RegisterModelInput;
import dev.lockkeeper.features.FeatureCompiler;
import dev.lockkeeper.fixtures.OnnxFile;
import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.pipeline.SpecificationDigest;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import dev.lockkeeper.testing.SignedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The deliveries of the stages before the registry, made with their real keys. */
final class RegistrationFixture {

  private static final List<ColumnContract> COLUMNS =
      List.of(column("miles"), column("fare"), column("tip"));
  private static final FeatureSetSpecification FEATURES =
      new FeatureSetSpecification(
          "1",
          null,
          List.of(
              new FeatureSpecification("distance", "miles"),
              new FeatureSpecification("rate", "fare / miles")),
          new LabelSpecification("tipped", "tip > 0.0"));

  static final RunContext RUN =
      new RunContext(
          "tips@1",
          "run-1",
          "default",
          "tips",
          "1",
          "ada",
          SpecificationDigest.of(specification()));

  private final SignedRun signed;

  RegistrationFixture(Path folder) throws IOException {
    this.signed = SignedRun.in(folder, RUN);
  }

  SignedRun signed() {
    return signed;
  }

  RegisterModelInput input() throws IOException {
    return input(logistic(2), true);
  }

  RegisterModelInput input(byte[] model, boolean passed) throws IOException {
    Dataset.Accepted dataset = dataset(RUN);
    FeatureTable features = features(dataset);
    TrainedModel trained = training(features, model);
    return new RegisterModelInput(
        RUN, specification(), dataset, features, trained, gate(features, trained, passed));
  }

  Dataset.Accepted dataset(RunContext run) throws IOException {
    return signed.ofRun(run).dataset(signed.put(Zone.PROCESSED, "processed"), 4);
  }

  FeatureTable features(Dataset.Accepted dataset) throws IOException {
    return signed.features(
        FeatureCompiler.compile(FEATURES, COLUMNS),
        signed.put(Zone.FEATURES, "training"),
        3,
        signed.put(Zone.FEATURES, "holdout"),
        1,
        List.of(dataset.processed()));
  }

  TrainedModel training(FeatureTable features, byte[] onnx) throws IOException {
    return signed.model(features, onnx);
  }

  Evaluation gate(FeatureTable features, TrainedModel model, boolean passed) throws IOException {
    return signed.evaluation(features, model, passed);
  }

  Evaluation gate(RunContext run, FeatureTable features, TrainedModel model) throws IOException {
    return signed.ofRun(run).evaluation(features, model, true);
  }

  static PipelineSpecification specification() {
    return new PipelineSpecification(
        "tips",
        "tips",
        "Who tips.",
        new SourceSpecification("/data/trips.csv", SourceFormat.CSV, ",", null),
        new DataContract("trips", "1.0.0", "trips", "6".repeat(64), COLUMNS, List.of()),
        FEATURES,
        new SplitSpecification(0.2, null, 1),
        new TrainingSpecification("by-hand", 1, Map.of("depth", "3")),
        new ValidationSpecification(0.4, 0.95, 100, 1, List.of(), List.of(), null),
        new ApprovalSpecification(1, Duration.ofHours(1), Duration.ofHours(2)),
        new DeploymentSpecification(
            List.of(new CanaryStep(50, 100, Duration.ofMinutes(1))),
            Duration.ofSeconds(1),
            0.05,
            Duration.ofHours(1)),
        new MonitoringSpecification(Duration.ofHours(1), 100, 0.25));
  }

  /** A good model of some features. */
  static byte[] logistic(int features) {
    float[] weights = new float[features];
    for (int i = 0; i < features; i++) {
      weights[i] = i;
    }
    return OnnxFile.logistic(weights);
  }

  private static ColumnContract column(String name) {
    return new ColumnContract(
        name, ColumnType.NUMBER, true, false, null, null, List.of(), null, null);
  }
}
