package dev.lockkeeper.formats.artifact;

/**
 * What a stage leaves behind beside its result.
 *
 * @param statement the signed in-toto statement (a DSSE envelope) over the stage's inputs and
 *     outputs
 * @param attempt the activity attempt that made it, from 1
 * @param millis wall time of that attempt in milliseconds
 */
public record Evidence(ArtifactRef statement, int attempt, long millis) {}
