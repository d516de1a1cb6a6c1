package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What the ingestion stage says of itself. */
public final class IngestionDefinition implements StageDefinition {

  @Override
  public Role role() {
    return Role.INGESTION;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.RAW, Zone.EVIDENCE)
        .writing(Zone.RAW, Zone.PROCESSED, Zone.EVIDENCE, Zone.REPORTS);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new IngestionPlugin(
        context,
        DataEngines.of(settings.values()),
        Concurrency.of(settings.values()),
        settings.values());
  }
}
