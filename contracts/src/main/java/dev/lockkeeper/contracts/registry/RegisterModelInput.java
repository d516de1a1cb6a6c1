package dev.lockkeeper.contracts.registry;

import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.ingestion.Dataset;
import dev.lockkeeper.contracts.pipeline.PipelineSpecification;
import dev.lockkeeper.contracts.run.RunContext;
import dev.lockkeeper.contracts.training.TrainedModel;
import dev.lockkeeper.contracts.validation.Evaluation;

/**
 * Input of the registry stage.
 *
 * @param run the run
 * @param specification the pipeline
 * @param dataset result of ingestion
 * @param features result of features
 * @param model result of training
 * @param evaluation result of validation; must have passed
 */
public record RegisterModelInput(
    RunContext run,
    PipelineSpecification specification,
    Dataset dataset,
    FeatureTable features,
    TrainedModel model,
    Evaluation evaluation) {}
