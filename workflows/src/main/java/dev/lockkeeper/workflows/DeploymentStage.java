package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.formats.run.Role;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How the deployment stage is called. */
final class DeploymentStage {

  /** The gateway verifies the chain and loads a model: seconds, a minute for a large one. */
  private static final Duration ATTEMPT = Duration.ofMinutes(2);

  /** Nothing is in production yet: wait for a gateway that is being restarted or moved. */
  private static final Duration CHANGE_DEADLINE = Duration.ofHours(1);

  /** Traffic flows to a candidate that nobody judges: longer than this is harm. */
  private static final Duration LOOK_DEADLINE = Duration.ofMinutes(2);

  private static final int FIRST = 1;

  private DeploymentStage() {}

  static DeploymentActivities activities(String summary) {
    return Workflow.newActivityStub(
        DeploymentActivities.class,
        StageOptions.call(Role.DEPLOYMENT, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(CHANGE_DEADLINE)
            .build());
  }

  static DeploymentActivities look(String summary) {
    return Workflow.newActivityStub(
        DeploymentActivities.class,
        StageOptions.call(Role.DEPLOYMENT, summary)
            .setStartToCloseTimeout(LOOK_DEADLINE)
            .setScheduleToCloseTimeout(LOOK_DEADLINE)
            .build());
  }

  /**
   * A restore: before all other work of the queue, retried quickly, and without a deadline, because
   * giving up would leave a bad release in production.
   */
  static DeploymentActivities urgent(String summary) {
    RetryOptions retry = StageOptions.retry().setMaximumInterval(Duration.ofSeconds(5)).build();
    return Workflow.newActivityStub(
        DeploymentActivities.class,
        StageOptions.call(Role.DEPLOYMENT, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setRetryOptions(retry)
            .setPriority(Priority.newBuilder().setPriorityKey(FIRST).build())
            .build());
  }
}
