package dev.lockkeeper.activities.ingestion;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;

/** The ingestion stage as a Temporal plugin. */
public final class IngestionPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#INGESTION}
   */
  public IngestionPlugin(StageContext context) {
    super(Role.INGESTION, () -> new DuckDbIngestion(context));
  }
}
