package dev.lockkeeper.formats.pipeline;

import dev.lockkeeper.formats.InvalidSpecificationException;
import dev.lockkeeper.formats.Required;
import dev.lockkeeper.formats.approval.ApprovalSpecification;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.SourceSpecification;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.run.ShortName;
import dev.lockkeeper.formats.training.TrainingSpecification;
import dev.lockkeeper.formats.validation.ValidationSpecification;

/**
 * A whole pipeline for one binary classifier, as read from its YAML file and its data contract.
 *
 * @param name the model's name
 * @param endpoint the serving endpoint
 * @param description one or two sentences for people; may be empty
 * @param source where the data comes from
 * @param contract what the data must look like
 * @param features how a row becomes features and a label
 * @param split which rows train and which are held out
 * @param training the trainer and its hyperparameters
 * @param validation the gates
 * @param approval who must decide until when
 * @param deployment the canary's steps
 * @param monitoring how the live model is watched
 */
public record PipelineSpecification(
    String name,
    String endpoint,
    String description,
    SourceSpecification source,
    DataContract contract,
    FeatureSetSpecification features,
    SplitSpecification split,
    TrainingSpecification training,
    ValidationSpecification validation,
    ApprovalSpecification approval,
    DeploymentSpecification deployment,
    MonitoringSpecification monitoring) {

  public PipelineSpecification {
    Required.value("name", name);
    Required.value("endpoint", endpoint);
    Required.value("description", description);
    Required.value("source", source);
    Required.value("contract", contract);
    Required.value("features", features);
    Required.value("split", split);
    Required.value("training", training);
    Required.value("validation", validation);
    Required.value("approval", approval);
    Required.value("deployment", deployment);
    Required.value("monitoring", monitoring);
    requireName("name", name);
    requireName("endpoint", endpoint);
    if (features.features().isEmpty()) {
      throw new InvalidSpecificationException("features: expected at least one feature");
    }
    if (contract.columns().isEmpty()) {
      throw new InvalidSpecificationException("contract: expected at least one column");
    }
    ColumnReferences columns = ColumnReferences.to(contract);
    columns.require(split);
    columns.require(validation);
  }

  private static void requireName(String key, String name) {
    if (!ShortName.fits(name)) {
      throw new InvalidSpecificationException(
          key + ": expected " + ShortName.FORM + ", got '" + name + "'");
    }
  }
}
