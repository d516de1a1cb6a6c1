package dev.lockkeeper.contracts.training;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import org.jspecify.annotations.Nullable;

/**
 * What a training attempt tells in its heartbeats, and where the next attempt goes on.
 *
 * @param checkpoint the trainer's last checkpoint, already in the candidates zone; null before the
 *     first
 */
public record TrainingProgress(@Nullable ArtifactRef checkpoint) {}
