package dev.lockkeeper.training;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;
import java.time.Duration;

/** The training stage as a Temporal plugin. */
public final class TrainingPlugin extends StagePlugin {

  /** A fit that is done sooner is not worth a write. */
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(30);

  /**
   * With the heap that the environment asks for.
   *
   * @param desk the desk of {@link Role#TRAINING}
   */
  public TrainingPlugin(Desk desk) {
    this(desk, ChildHeap.of(System.getenv()));
  }

  /**
   * @param desk the desk of {@link Role#TRAINING}
   * @param heap the heap of the training process
   */
  public TrainingPlugin(Desk desk, ChildHeap heap) {
    super(Role.TRAINING, () -> new ChildProcessTraining(desk, heap, BETWEEN_CHECKPOINTS));
  }
}
