package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Concurrency;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;
import java.util.Map;

/** The ingestion stage as a Temporal plugin. */
public final class IngestionPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#INGESTION}
   * @param engines opens the engine that reads and writes its tables
   * @param concurrency how many engines a worker has open at once
   * @param settings the worker's settings, which name the folders of sources
   */
  public IngestionPlugin(
      StageContext context,
      DataEngineProvider engines,
      Concurrency concurrency,
      Map<String, String> settings) {
    super(
        Role.INGESTION,
        () -> new TableIngestion(context, engines, SourceRoots.of(settings)),
        concurrency);
  }
}
