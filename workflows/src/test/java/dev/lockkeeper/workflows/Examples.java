package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.deployment.Inconclusive;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.ingestion.ColumnType;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.SourceFormat;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.formats.validation.Metric;
import dev.lockkeeper.formats.validation.MetricGate;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small pipeline and what its stages leave behind. */
public final class Examples {
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

  /** The patient pipeline with a margin. */
  static PipelineInput withMargin(
      String version, double margin, @Nullable Inconclusive onInconclusive) {
    DeploymentSpecification plan = deployment(Pace.PATIENT);
    return new PipelineInput(
        version,
        "carol",
        sha(1),
        specification(
            1,
            Pace.PATIENT,
            new DeploymentSpecification(
                plan.steps(),
                plan.lookEvery(),
                plan.alpha(),
                plan.maximum(),
                null,
                margin,
                onInconclusive,
                null)),
        "0af7651916cd43dd8448eb211c80319c");
  }

  static PipelineSpecification specification(int quorum, Pace pace) {
    return specification(quorum, pace, deployment(pace));
  }

  private static DeploymentSpecification deployment(Pace pace) {
    return new DeploymentSpecification(
        List.of(new CanaryStep(5, 100, pace.look()), new CanaryStep(50, 100, pace.look())),
        pace.look(),
        0.05,
        pace.look().multipliedBy(20));
  }

  private static PipelineSpecification specification(
      int quorum, Pace pace, DeploymentSpecification deployment) {
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
        deployment,
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

  public static ArtifactRef ref(Zone zone, int seed) {
    return new ArtifactRef(zone, sha(seed), 1000, "application/octet-stream");
  }

  static String sha(int seed) {
    return String.format("%064x", seed & 0xffffffffL);
  }
}
