package dev.lockkeeper.contracts.run;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a run as an operator sees it.
 *
 * @param stage which stage
 * @param state where it stands
 * @param seconds wall time so far or in all, 0 while pending
 * @param attempts activity attempts, 0 while pending
 * @param statement the signed statement it left, once it has
 * @param message one line for people: the result, or the reason of a refusal or failure
 */
public record StageStatus(
    Stage stage,
    StageState state,
    double seconds,
    int attempts,
    @Nullable ArtifactRef statement,
    String message) {

  /** The stage before it starts. */
  public static StageStatus pending(Stage stage) {
    return new StageStatus(stage, StageState.PENDING, 0, 0, null, "");
  }
}
