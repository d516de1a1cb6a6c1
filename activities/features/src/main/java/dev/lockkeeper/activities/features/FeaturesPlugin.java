package dev.lockkeeper.activities.features;

import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;

/** The features stage as a Temporal plugin. */
public final class FeaturesPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#FEATURES}
   * @param engines opens the engine that reads and writes its tables
   */
  public FeaturesPlugin(StageContext context, DataEngineProvider engines) {
    super(Role.FEATURES, () -> new TableFeatures(context, engines));
  }
}
