package dev.lockkeeper.training;

/**
 * Why the child process gave up.
 *
 * @param specification whether the pipeline is to blame rather than the training
 * @param message one line
 */
record TrainingError(boolean specification, String message) {}
