package dev.lockkeeper.approval;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;
import java.time.Clock;

/** The approval stage as a Temporal plugin: registers on its own queue alone. */
public final class ApprovalPlugin extends SimplePlugin {
  private final SignedReviews reviews;

  /** A stage that asks for no more approvers than the pipeline does and reminds by the log. */
  public ApprovalPlugin(Desk desk) {
    this(desk, 1, new LogAlerts());
  }

  /**
   * A stage with a policy of its own.
   *
   * @param minimumQuorum distinct approvers that every pipeline needs at least
   * @param alerts how approvers are reminded
   */
  public ApprovalPlugin(Desk desk, int minimumQuorum, AlertSink alerts) {
    super("dev.lockkeeper.approval");
    this.reviews = new SignedReviews(desk, minimumQuorum, alerts, Clock.systemUTC());
  }

  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    if (taskQueue.equals(Role.APPROVAL.taskQueue())) {
      worker.registerActivitiesImplementations(reviews);
    }
  }
}
