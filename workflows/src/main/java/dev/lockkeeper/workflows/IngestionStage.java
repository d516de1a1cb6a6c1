package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.ingestion.IngestionActivities;
import dev.lockkeeper.formats.run.Role;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How the ingestion stage is called. */
final class IngestionStage {

  /** 100 GB copied, hashed and checked at 50 MB a second. */
  private static final Duration ATTEMPT = Duration.ofMinutes(40);

  /** A worker or store that is down over a working day is noticed before. */
  private static final Duration DEADLINE = Duration.ofHours(12);

  private IngestionStage() {}

  static IngestionActivities activities(String summary) {
    return Workflow.newActivityStub(
        IngestionActivities.class,
        StageOptions.call(Role.INGESTION, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(DEADLINE)
            .build());
  }
}
