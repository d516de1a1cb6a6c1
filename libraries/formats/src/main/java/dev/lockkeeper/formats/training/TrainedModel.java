package dev.lockkeeper.formats.training;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;

/**
 * Result of the training stage.
 *
 * @param model ONNX: one input {@code features} FLOAT [N, F] (missing is NaN), one output {@code
 *     probability} FLOAT [N, 1], the probability that the label is true
 * @param record JSON: trainer, hyperparameters, seed, environment, isolation reached, phase times
 * @param trainer the trainer's name
 * @param isolation the isolation reached: {@code bubblewrap} or {@code process}
 * @param evidence the signed training statement
 */
public record TrainedModel(
    ArtifactRef model, ArtifactRef record, String trainer, String isolation, Evidence evidence) {}
