package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.registry.RegistryActivities;
import dev.lockkeeper.formats.run.Role;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How the registry is called. */
final class RegistryStage {

  /** Ten files of which the largest is a model: seconds, minutes over a slow store. */
  private static final Duration ATTEMPT = Duration.ofMinutes(5);

  /** A worker or store that is down over a working day is noticed before. */
  private static final Duration DEADLINE = Duration.ofHours(12);

  private RegistryStage() {}

  static RegistryActivities activities(String summary) {
    return Workflow.newActivityStub(
        RegistryActivities.class,
        StageOptions.call(Role.REGISTRY, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(DEADLINE)
            .build());
  }
}
