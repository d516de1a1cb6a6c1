package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.formats.run.Role;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How the validation stage is called. */
final class ValidationStage {

  /** Two models over one hold-out, a thousand bootstrap samples, and the page. */
  private static final Duration ATTEMPT = Duration.ofHours(1);

  /** A worker or store that is down over a working day is noticed before. */
  private static final Duration DEADLINE = Duration.ofHours(12);

  private ValidationStage() {}

  static ValidationActivities activities(String summary) {
    return Workflow.newActivityStub(
        ValidationActivities.class,
        StageOptions.call(Role.VALIDATION, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(DEADLINE)
            .build());
  }
}
