package dev.lockkeeper.contracts.training;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import org.jspecify.annotations.Nullable;

/**
 * What a training attempt tells in its heartbeats, and where the next attempt goes on.
 *
 * @param checkpoint the trainer's last checkpoint, already in the candidates zone; null before the
 *     first
 * @param text how far the fit is, in one line for people; null if the trainer does not tell
 */
public record TrainingProgress(@Nullable ArtifactRef checkpoint, @Nullable String text) {

  /** Without a line for people. */
  public TrainingProgress(@Nullable ArtifactRef checkpoint) {
    this(checkpoint, null);
  }
}
