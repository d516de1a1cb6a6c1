package dev.lockkeeper.ingestion;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;

/** The ingestion stage as a Temporal plugin. */
public final class IngestionPlugin extends StagePlugin {

  /**
   * @param desk the desk of {@link Role#INGESTION}
   */
  public IngestionPlugin(Desk desk) {
    super(Role.INGESTION, () -> new DuckDbIngestion(desk));
  }
}
