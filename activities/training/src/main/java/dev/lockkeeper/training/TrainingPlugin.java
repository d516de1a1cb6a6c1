package dev.lockkeeper.training;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;

/** The training stage as a Temporal plugin. */
public final class TrainingPlugin extends StagePlugin {

  /**
   * @param desk the desk of {@link Role#TRAINING}
   */
  public TrainingPlugin(Desk desk) {
    super(Role.TRAINING, () -> new ChildProcessTraining(desk));
  }
}
