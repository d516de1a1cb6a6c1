package dev.lockkeeper.activities.approval;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.AlertSink;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;
import java.time.Clock;

/** The approval stage as a Temporal plugin. */
public final class ApprovalPlugin extends StagePlugin {

  /**
   * A stage that asks for no more approvers than the pipeline does and reminds by the sinks that
   * are installed.
   */
  public ApprovalPlugin(StageContext context) {
    this(context, 1, AlertSink.installed());
  }

  /**
   * A stage with a policy of its own.
   *
   * @param minimumQuorum distinct approvers that every pipeline needs at least
   * @param alerts how approvers are reminded
   */
  public ApprovalPlugin(StageContext context, int minimumQuorum, AlertSink alerts) {
    super(
        Role.APPROVAL, () -> new SignedReviews(context, minimumQuorum, alerts, Clock.systemUTC()));
  }
}
