package dev.lockkeeper.activities.training;

/**
 * What a training process left behind.
 *
 * @param report its report
 * @param model the model file, not yet inspected
 * @param pid the process as this machine knows it
 */
record TrainingResult(TrainingReport report, byte[] model, long pid) {}
