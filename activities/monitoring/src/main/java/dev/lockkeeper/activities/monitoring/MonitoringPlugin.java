package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.AlertSink;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StagePlugin;

/** The monitoring stage as a Temporal plugin. */
public final class MonitoringPlugin extends StagePlugin {

  /**
   * @param context the context of {@link Role#MONITORING}
   * @param alerts where alerts go, for example {@link AlertSink#installed}
   */
  public MonitoringPlugin(StageContext context, AlertSink alerts) {
    super(Role.MONITORING, () -> new InferenceLogWatch(context, alerts));
  }
}
