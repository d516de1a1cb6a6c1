package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.training.TrainingActivities;
import dev.lockkeeper.formats.run.Role;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How the training stage is called. */
final class TrainingStage {

  /** A night. A longer fit goes on from its last checkpoint in the next attempt. */
  private static final Duration ATTEMPT = Duration.ofHours(12);

  /** Two nights: one attempt may be lost to a machine. */
  private static final Duration DEADLINE = Duration.ofHours(36);

  private TrainingStage() {}

  static TrainingActivities activities(String summary) {
    return Workflow.newActivityStub(
        TrainingActivities.class,
        StageOptions.call(Role.TRAINING, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(DEADLINE)
            .build());
  }
}
