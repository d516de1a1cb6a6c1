package dev.lockkeeper.contracts.validation;

import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.run.RunContext;
import dev.lockkeeper.contracts.training.TrainedModel;
import org.jspecify.annotations.Nullable;

/**
 * Input of the validation stage.
 *
 * @param run the run
 * @param features the feature tables
 * @param model the candidate
 * @param validation the gates
 * @param stable the package that serves the endpoint now; null for a first release
 */
public record ValidateModelInput(
    RunContext run,
    FeatureTable features,
    TrainedModel model,
    ValidationSpecification validation,
    @Nullable ModelPackage stable) {}
