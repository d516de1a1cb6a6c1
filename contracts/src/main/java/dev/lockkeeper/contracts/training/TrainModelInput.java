package dev.lockkeeper.contracts.training;

import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.run.RunContext;

/**
 * Input of the training stage.
 *
 * @param run the run
 * @param features the feature tables
 * @param training trainer and hyperparameters
 */
public record TrainModelInput(
    RunContext run, FeatureTable features, TrainingSpecification training) {}
