package dev.lockkeeper.activities.training;

import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What the training stage says of itself. */
public final class TrainingDefinition implements StageDefinition {

  @Override
  public Role role() {
    return Role.TRAINING;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.FEATURES, Zone.CANDIDATES, Zone.EVIDENCE)
        .writing(Zone.CANDIDATES, Zone.EVIDENCE);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new TrainingPlugin(
        context,
        DataEngines.of(settings.values()),
        ChildLimits.of(settings.values()),
        Concurrency.of(settings.values()));
  }
}
