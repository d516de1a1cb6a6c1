package dev.lockkeeper.activities.registry;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;

/** The registry stage as a Temporal plugin. */
public final class RegistryPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#REGISTRY}
   */
  public RegistryPlugin(StageContext context) {
    super(Role.REGISTRY, () -> new SignedRegistry(context));
  }
}
