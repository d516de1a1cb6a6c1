package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What the deployment stage says of itself. */
public final class DeploymentDefinition implements StageDefinition {

  @Override
  public Role role() {
    return Role.DEPLOYMENT;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.MODELS, Zone.EVIDENCE, Zone.DEPLOYMENTS)
        .writing(Zone.DEPLOYMENTS, Zone.EVIDENCE);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new DeploymentPlugin(context, settings.uris(StageSettings.GATEWAY));
  }
}
