package dev.lockkeeper.contracts.training;

import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainingSpecification;

/**
 * Input of the training stage.
 *
 * @param run the run
 * @param features the feature tables
 * @param training trainer and hyperparameters
 */
public record TrainModelInput(
    RunContext run, FeatureTable features, TrainingSpecification training) {}
