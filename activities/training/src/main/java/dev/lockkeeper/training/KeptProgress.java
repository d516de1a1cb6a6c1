package dev.lockkeeper.training;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.training.TrainingProgress;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StageAttempt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files each checkpoint of the child, and only then names it in a heartbeat. */
final class KeptProgress implements TrainingChild.Heartbeat {

  private final Desk desk;
  private final StageAttempt attempt;
  private @Nullable ArtifactRef checkpoint;

  /**
   * @param resumed what this attempt goes on from: told again until there is a newer one
   */
  KeptProgress(Desk desk, StageAttempt attempt, @Nullable ArtifactRef resumed) {
    this.desk = desk;
    this.attempt = attempt;
    this.checkpoint = resumed;
  }

  @Override
  public void beat(Optional<byte[]> kept) {
    kept.ifPresent(
        content ->
            checkpoint = desk.store().put(Zone.CANDIDATES, content, "application/octet-stream"));
    attempt.heartbeat(new TrainingProgress(checkpoint));
  }
}
