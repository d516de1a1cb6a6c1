package dev.lockkeeper.contracts.registry;

import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.validation.Evaluation;

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
    Dataset.Accepted dataset,
    FeatureTable features,
    TrainedModel model,
    Evaluation evaluation) {}
