package dev.lockkeeper.client;

import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
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
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small pipeline, as another program would make one. */
final class Pipelines {

  private Pipelines() {}

  static PipelineSpecification tips(String description) {
    return new PipelineSpecification(
        "tips",
        "tips",
        description,
        new SourceSpecification("/data/trips.csv", SourceFormat.CSV, ",", null),
        contract(),
        new FeatureSetSpecification(
            "1",
            null,
            List.of(new FeatureSpecification("fare", "fare")),
            new LabelSpecification("tipped", "tip > 0.0")),
        new SplitSpecification(0.2, null, 1),
        new TrainingSpecification("logistic-regression", 1, Map.of()),
        new ValidationSpecification(0.5, 0.95, 1_000, 1, List.of(), List.of(), null),
        new ApprovalSpecification(1, Duration.ofHours(1), Duration.ofHours(72)),
        new DeploymentSpecification(
            List.of(new CanaryStep(10, 100, Duration.ofMinutes(1))),
            Duration.ofSeconds(10),
            0.05,
            Duration.ofHours(1)),
        new MonitoringSpecification(Duration.ofMinutes(5), 100, 0.25));
  }

  private static DataContract contract() {
    return new DataContract(
        "urn:trips",
        "1.0.0",
        "trips",
        "0".repeat(64),
        List.of(number("fare"), number("tip")),
        List.of());
  }

  private static ColumnContract number(String name) {
    return new ColumnContract(
        name, ColumnType.NUMBER, true, false, null, null, List.of(), null, null);
  }
}
