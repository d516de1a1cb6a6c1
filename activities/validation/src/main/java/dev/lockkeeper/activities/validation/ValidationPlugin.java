package dev.lockkeeper.activities.validation;

import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;

/** The validation stage as a Temporal plugin. */
public final class ValidationPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#VALIDATION}
   * @param engines opens the engine that reads and writes its tables
   * @param concurrency how many engines a worker has open at once
   */
  public ValidationPlugin(
      StageContext context, DataEngineProvider engines, Concurrency concurrency) {
    super(Role.VALIDATION, () -> new HoldoutValidation(context, engines), concurrency);
  }
}
