package dev.lockkeeper.activities.training;

import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;
import java.time.Duration;

/** The training stage as a Temporal plugin. */
public final class TrainingPlugin extends StagePlugin {

  /** A fit that is done sooner is not worth a write. */
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(30);

  /**
   * @param context the context of {@link Role#TRAINING}
   * @param engines opens the engine that reads its tables; the training process finds it by name
   * @param limits what the training process may take
   * @param concurrency how many such processes a worker has at once
   */
  public TrainingPlugin(
      StageContext context,
      DataEngineProvider engines,
      ChildLimits limits,
      Concurrency concurrency) {
    super(
        Role.TRAINING,
        () -> new ChildProcessTraining(context, engines.name(), limits, BETWEEN_CHECKPOINTS),
        concurrency);
  }
}
