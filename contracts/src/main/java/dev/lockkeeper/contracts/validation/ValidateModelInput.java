package dev.lockkeeper.contracts.validation;

import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import org.jspecify.annotations.Nullable;

/**
 * Input of the validation stage.
 *
 * @param run the run
 * @param features the feature tables
 * @param model the candidate
 * @param validation the gates
 * @param stable the package that serves the endpoint now; null for a first release
 * @param dataset the data set that the features are of; null in runs of before it was told
 * @param reason why the run was started, in its starter's words; empty if not told
 */
public record ValidateModelInput(
    RunContext run,
    FeatureTable features,
    TrainedModel model,
    ValidationSpecification validation,
    @Nullable ModelPackage stable,
    Dataset.@Nullable Accepted dataset,
    String reason) {

  @SuppressWarnings("ConstantValue") // a payload of before it was there reads as null
  public ValidateModelInput {
    reason = reason == null ? "" : reason;
  }

  /** Input that tells nothing of the data set and of the reason. */
  public ValidateModelInput(
      RunContext run,
      FeatureTable features,
      TrainedModel model,
      ValidationSpecification validation,
      @Nullable ModelPackage stable) {
    this(run, features, model, validation, stable, null, "");
  }
}
