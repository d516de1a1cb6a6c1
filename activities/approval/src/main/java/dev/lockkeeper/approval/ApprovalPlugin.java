package dev.lockkeeper.approval;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;
import java.time.Clock;

/** The approval stage as a Temporal plugin. */
public final class ApprovalPlugin extends StagePlugin {

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
    super(Role.APPROVAL, () -> new SignedReviews(desk, minimumQuorum, alerts, Clock.systemUTC()));
  }
}
