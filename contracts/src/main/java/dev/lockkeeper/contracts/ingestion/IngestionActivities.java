package dev.lockkeeper.contracts.ingestion;

import dev.lockkeeper.formats.ingestion.Dataset;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The ingestion stage, on task queue {@code lockkeeper-ingestion}. */
@ActivityInterface
public interface IngestionActivities {

  /**
   * Copies the source into the raw zone, checks it against its contract and writes typed Parquet.
   *
   * <p>A broken contract is a result. Fails with {@code SOURCE_NOT_FOUND} or {@code
   * SOURCE_UNREADABLE}.
   */
  @ActivityMethod(name = "IngestDataset")
  Dataset ingestDataset(IngestInput input);
}
