package dev.lockkeeper.activities.training;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;
import java.time.Duration;

/** The training stage as a Temporal plugin. */
public final class TrainingPlugin extends StagePlugin {

  /** A fit that is done sooner is not worth a write. */
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(30);

  /**
   * With the heap that the environment asks for.
   *
   * @param context the context of {@link Role#TRAINING}
   */
  public TrainingPlugin(StageContext context) {
    this(context, ChildHeap.of(System.getenv()));
  }

  /**
   * @param context the context of {@link Role#TRAINING}
   * @param heap the heap of the training process
   */
  public TrainingPlugin(StageContext context, ChildHeap heap) {
    super(Role.TRAINING, () -> new ChildProcessTraining(context, heap, BETWEEN_CHECKPOINTS));
  }
}
