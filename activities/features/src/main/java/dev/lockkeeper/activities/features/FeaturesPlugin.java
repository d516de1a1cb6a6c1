package dev.lockkeeper.activities.features;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;

/** The features stage as a Temporal plugin. */
public final class FeaturesPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#FEATURES}
   */
  public FeaturesPlugin(StageContext context) {
    super(Role.FEATURES, () -> new TableFeatures(context));
  }
}
