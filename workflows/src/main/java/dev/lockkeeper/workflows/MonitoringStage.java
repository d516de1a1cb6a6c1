package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.monitoring.MonitoringActivities;
import dev.lockkeeper.formats.run.Role;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How the monitoring stage is called. */
final class MonitoringStage {

  /** One window of the inference log: segments of a few megabytes. */
  private static final Duration ATTEMPT = Duration.ofMinutes(5);

  /** The next window is due some time: a comparison that cannot be made is skipped and said. */
  private static final Duration DEADLINE = Duration.ofMinutes(15);

  private MonitoringStage() {}

  static MonitoringActivities activities(String summary) {
    return Workflow.newActivityStub(
        MonitoringActivities.class,
        StageOptions.call(Role.MONITORING, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(DEADLINE)
            .build());
  }
}
