package dev.lockkeeper.activities.features;

import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What the features stage says of itself. */
public final class FeaturesDefinition implements StageDefinition {

  @Override
  public Role role() {
    return Role.FEATURES;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.PROCESSED, Zone.EVIDENCE).writing(Zone.FEATURES, Zone.EVIDENCE);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new FeaturesPlugin(
        context, DataEngines.of(settings.values()), Concurrency.of(settings.values()));
  }
}
