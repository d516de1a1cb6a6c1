package dev.lockkeeper.activities.features;

import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;

/** The features stage as a Temporal plugin. */
public final class FeaturesPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#FEATURES}
   * @param engines opens the engine that reads and writes its tables
   * @param concurrency how many engines a worker has open at once
   */
  public FeaturesPlugin(StageContext context, DataEngineProvider engines, Concurrency concurrency) {
    super(Role.FEATURES, () -> new TableFeatures(context, engines), concurrency);
  }
}
