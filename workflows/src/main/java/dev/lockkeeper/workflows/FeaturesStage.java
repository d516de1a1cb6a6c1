package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.features.FeatureActivities;
import dev.lockkeeper.formats.run.Role;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How the features stage is called. */
final class FeaturesStage {

  /** One pass over the data set by one compiled class: as long as ingestion at worst. */
  private static final Duration ATTEMPT = Duration.ofMinutes(40);

  /** A worker or store that is down over a working day is noticed before. */
  private static final Duration DEADLINE = Duration.ofHours(12);

  private FeaturesStage() {}

  static FeatureActivities activities(String summary) {
    return Workflow.newActivityStub(
        FeatureActivities.class,
        StageOptions.call(Role.FEATURES, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(DEADLINE)
            .build());
  }
}
