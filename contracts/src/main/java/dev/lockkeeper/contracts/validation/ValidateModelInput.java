package dev.lockkeeper.contracts.validation;

import dev.lockkeeper.formats.features.FeatureTable;
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
 */
public record ValidateModelInput(
    RunContext run,
    FeatureTable features,
    TrainedModel model,
    ValidationSpecification validation,
    @Nullable ModelPackage stable) {}
