package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.approval.ApprovalSpecification;
import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Evidence;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.deployment.CanaryStep;
import dev.lockkeeper.contracts.deployment.DeploymentSpecification;
import dev.lockkeeper.contracts.features.FeatureSetSpecification;
import dev.lockkeeper.contracts.features.FeatureSpecification;
import dev.lockkeeper.contracts.features.LabelSpecification;
import dev.lockkeeper.contracts.features.SplitSpecification;
import dev.lockkeeper.contracts.ingestion.ColumnContract;
import dev.lockkeeper.contracts.ingestion.ColumnType;
import dev.lockkeeper.contracts.ingestion.DataContract;
import dev.lockkeeper.contracts.ingestion.SourceFormat;
import dev.lockkeeper.contracts.ingestion.SourceSpecification;
import dev.lockkeeper.contracts.monitoring.MonitoringSpecification;
import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.training.TrainingSpecification;
import dev.lockkeeper.contracts.validation.Metric;
import dev.lockkeeper.contracts.validation.MetricGate;
import dev.lockkeeper.contracts.validation.ValidationSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small pipeline and what its stages leave behind. */
final class Examples {
  static final String ENDPOINT = "tips";

  /** How long a run of the example waits at its slow points. */
  record Pace(Duration remindAfter, Duration expireAfter, Duration look, Duration watch) {
    static final Pace PATIENT =
        new Pace(
            Duration.ofHours(4),
            Duration.ofHours(24),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    /** For a server whose time cannot be skipped. */
    static final Pace BRISK =
        new Pace(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofMillis(300),
            Duration.ofMillis(20));
  }

  private Examples() {}

  static PipelineInput input(String version, int quorum, Pace pace) {
    return new PipelineInput(
        version, "carol", sha(1), specification(quorum, pace), "0af7651916cd43dd8448eb211c80319c");
  }

  static PipelineSpecification specification(int quorum, Pace pace) {
    return new PipelineSpecification(
        "tips",
        ENDPOINT,
        "Whether a tip is above 20 % of the fare.",
        new SourceSpecification("/data/trips.csv", SourceFormat.CSV, ",", null),
        new DataContract(
            "trips",
            "1.0.0",
            "trips",
            sha(2),
            List.of(
                new ColumnContract(
                    "fare", ColumnType.NUMBER, true, false, 0.0, null, List.of(), null, null)),
            List.of()),
        new FeatureSetSpecification(
            "1",
            null,
            List.of(new FeatureSpecification("fare", "fare")),
            new LabelSpecification("tipped", "fare > 2")),
        new SplitSpecification(0.2, null, 7),
        new TrainingSpecification("xgboost", 7, Map.of("rounds", "10")),
        new ValidationSpecification(
            0.5,
            0.95,
            100,
            7,
            List.of(new MetricGate(Metric.AUC, 0.7, null, 0.01)),
            List.of(),
            null),
        new ApprovalSpecification(quorum, pace.remindAfter(), pace.expireAfter()),
        new DeploymentSpecification(
            List.of(new CanaryStep(5, 100, pace.look()), new CanaryStep(50, 100, pace.look())),
            pace.look(),
            0.05,
            pace.look().multipliedBy(20)),
        new MonitoringSpecification(pace.watch(), 100, 0.25));
  }

  static ModelPackage modelPackage(String version) {
    return new ModelPackage(
        "tips",
        version,
        sha(100 + version.hashCode()),
        List.of(),
        ref(Zone.MODELS, 10),
        evidence(11, 1));
  }

  static Evidence evidence(int seed, int attempt) {
    return new Evidence(ref(Zone.EVIDENCE, seed), attempt, 250);
  }

  static ArtifactRef ref(Zone zone, int seed) {
    return new ArtifactRef(zone, sha(seed), 1000, "application/octet-stream");
  }

  static String sha(int seed) {
    return String.format("%064x", seed & 0xffffffffL);
  }
}
