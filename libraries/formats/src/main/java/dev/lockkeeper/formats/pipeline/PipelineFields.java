package dev.lockkeeper.formats.pipeline;

import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.deployment.DeploymentFields;
import dev.lockkeeper.formats.features.FeatureSetFields;
import dev.lockkeeper.formats.features.SplitFields;
import dev.lockkeeper.formats.ingestion.ContractFields;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.formats.validation.SpecificationFields;
import java.util.List;

/** The canonical form of a specification, which is only digested. */
final class PipelineFields {

  private PipelineFields() {}

  static FieldWriter write(PipelineSpecification pipeline) {
    return new FieldWriter()
        .put("name", pipeline.name())
        .put("endpoint", pipeline.endpoint())
        .put("description", pipeline.description())
        .put("source", write(pipeline.source()))
        .put(
            "contract",
            ContractFields.write(pipeline.contract()).put("digest", pipeline.contract().digest()))
        .put("features", FeatureSetFields.write(pipeline.features()))
        .put("split", SplitFields.write(pipeline.split()))
        .put("training", write(pipeline.training()))
        .put("validation", SpecificationFields.write(pipeline.validation()))
        .put("approval", write(pipeline.approval()))
        .put("deployment", DeploymentFields.write(pipeline.deployment(), new FieldWriter()))
        .put("monitoring", write(pipeline.monitoring()));
  }

  private static FieldWriter write(SourceSpecification source) {
    FieldWriter to =
        new FieldWriter()
            .put("path", source.path())
            .put("format", source.format())
            .put("delimiter", source.delimiter());
    List<String> missing = source.missing();
    return missing == null ? to : to.put("missing", missing);
  }

  private static FieldWriter write(TrainingSpecification training) {
    return new FieldWriter()
        .put("trainer", training.trainer())
        .put("seed", training.seed())
        .put("parameters", training.parameters());
  }

  private static FieldWriter write(ApprovalSpecification approval) {
    return new FieldWriter()
        .put("quorum", approval.quorum())
        .put("remindAfter", approval.remindAfter())
        .put("expireAfter", approval.expireAfter());
  }

  private static FieldWriter write(MonitoringSpecification monitoring) {
    return new FieldWriter()
        .put("every", monitoring.every())
        .put("minimumRows", monitoring.minimumRows())
        .put("threshold", monitoring.threshold());
  }
}
