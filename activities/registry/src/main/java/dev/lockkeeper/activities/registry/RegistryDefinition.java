package dev.lockkeeper.activities.registry;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What the registry stage says of itself. */
public final class RegistryDefinition implements StageDefinition {

  @Override
  public Role role() {
    return Role.REGISTRY;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.CANDIDATES, Zone.FEATURES, Zone.MODELS, Zone.EVIDENCE)
        .writing(Zone.MODELS, Zone.EVIDENCE);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new RegistryPlugin(context);
  }
}
