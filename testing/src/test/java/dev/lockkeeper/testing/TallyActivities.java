package dev.lockkeeper.testing;

import dev.lockkeeper.formats.ingestion.Dataset;
import io.temporal.activity.ActivityInterface;

/** The contract of a stage of somebody else's. */
@ActivityInterface
public interface TallyActivities {

  /** How often the stage was asked, where the data set verifies. */
  int count(Dataset.Accepted dataset);
}
