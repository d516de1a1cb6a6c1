package dev.lockkeeper.registry;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;

/** The registry stage as a Temporal plugin. */
public final class RegistryPlugin extends StagePlugin {

  /**
   * @param desk the desk of {@link Role#REGISTRY}
   */
  public RegistryPlugin(Desk desk) {
    super(Role.REGISTRY, () -> new SignedRegistry(desk));
  }
}
