package dev.lockkeeper.contracts.run;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.run.Stage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a run as an operator sees it.
 *
 * @param stage which stage
 * @param state where it stands
 * @param seconds wall time in all; 0 until it ends ({@link #secondsAt} tells how long it runs)
 * @param attempts activity attempts, 0 while pending
 * @param statement the signed statement it left, once it has
 * @param message one line for people: the result, or the reason of a refusal or failure
 * @param startedAt when it began, by the server's clock; null while pending, and in runs recorded
 *     before this was
 */
public record StageStatus(
    Stage stage,
    StageState state,
    double seconds,
    int attempts,
    @Nullable ArtifactRef statement,
    String message,
    @Nullable Instant startedAt) {

  /** The stage before it starts. */
  public static StageStatus pending(Stage stage) {
    return new StageStatus(stage, StageState.PENDING, 0, 0, null, "", null);
  }

  /** Wall time at a moment: a workflow that waits has no later time of its own to tell. */
  public double secondsAt(Instant now) {
    boolean inProgress = state == StageState.RUNNING || state == StageState.WAITING;
    return inProgress && startedAt != null
        ? Math.max(seconds, Duration.between(startedAt, now).toMillis() / 1000.0)
        : seconds;
  }
}
