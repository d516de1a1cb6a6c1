package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.approval.ApprovalActivities;
import dev.lockkeeper.formats.run.Role;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How the approval stage is called. */
final class ApprovalStage {

  /** Small documents and a few signatures: seconds. */
  private static final Duration ATTEMPT = Duration.ofMinutes(1);

  /** People wait for the answer, and the review's own expiry bounds the whole. */
  private static final Duration DEADLINE = Duration.ofHours(12);

  /** A person waits at a terminal; whoever sent may send again. */
  private static final Duration JUDGEMENT = Duration.ofMinutes(5);

  private static final int REMINDER_ATTEMPTS = 3;

  private ApprovalStage() {}

  static ApprovalActivities activities(String summary) {
    return Workflow.newActivityStub(
        ApprovalActivities.class,
        StageOptions.call(Role.APPROVAL, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(DEADLINE)
            .build());
  }

  static ApprovalActivities judge(String summary) {
    return Workflow.newActivityStub(
        ApprovalActivities.class,
        StageOptions.call(Role.APPROVAL, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(JUDGEMENT)
            .build());
  }

  /** A reminder that does not get out is followed by the next one: it is not worth hours. */
  static ApprovalActivities reminder(String summary) {
    return Workflow.newActivityStub(
        ApprovalActivities.class,
        StageOptions.call(Role.APPROVAL, summary)
            .setStartToCloseTimeout(ATTEMPT)
            .setScheduleToCloseTimeout(ATTEMPT.multipliedBy(REMINDER_ATTEMPTS))
            .setRetryOptions(StageOptions.retry().setMaximumAttempts(REMINDER_ATTEMPTS).build())
            .build());
  }
}
