package dev.lockkeeper.features.stage;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;

/** The features stage as a Temporal plugin. */
public final class FeaturesPlugin extends StagePlugin {

  /**
   * @param desk the desk of {@link Role#FEATURES}
   */
  public FeaturesPlugin(Desk desk) {
    super(Role.FEATURES, () -> new TableFeatures(desk));
  }
}
