package dev.lockkeeper.activities.training;

import dev.lockkeeper.contracts.training.TrainingProgress;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files each checkpoint of the child, and only then names it in a heartbeat. */
final class CheckpointReporter implements TrainingChild.Heartbeat {

  private final StageContext context;
  private final StageAttempt attempt;
  private @Nullable ArtifactRef checkpoint;

  /**
   * @param resumed what this attempt goes on from: told again until there is a newer one
   */
  CheckpointReporter(StageContext context, StageAttempt attempt, @Nullable ArtifactRef resumed) {
    this.context = context;
    this.attempt = attempt;
    this.checkpoint = resumed;
  }

  @Override
  public void beat(Optional<byte[]> kept, Optional<String> told) {
    kept.ifPresent(
        content ->
            checkpoint = context.store().put(Zone.CANDIDATES, content, "application/octet-stream"));
    attempt.heartbeat(new TrainingProgress(checkpoint, told.orElse(null)));
  }
}
