package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;

/** The ingestion stage as a Temporal plugin. */
public final class IngestionPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#INGESTION}
   * @param engines opens the engine that reads and writes its tables
   * @param concurrency how many engines a worker has open at once
   */
  public IngestionPlugin(
      StageContext context, DataEngineProvider engines, Concurrency concurrency) {
    super(Role.INGESTION, () -> new TableIngestion(context, engines), concurrency);
  }
}
