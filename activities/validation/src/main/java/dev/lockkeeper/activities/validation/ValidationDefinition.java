package dev.lockkeeper.activities.validation;

import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What the validation stage says of itself. */
public final class ValidationDefinition implements StageDefinition {

  @Override
  public Role role() {
    return Role.VALIDATION;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.FEATURES, Zone.CANDIDATES, Zone.MODELS, Zone.EVIDENCE)
        .writing(Zone.EVIDENCE, Zone.REPORTS);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new ValidationPlugin(
        context, DataEngines.of(settings.values()), Concurrency.of(settings.values()));
  }
}
