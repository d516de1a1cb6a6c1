package dev.lockkeeper.monitoring;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;

/** The monitoring stage as a Temporal plugin. */
public final class MonitoringPlugin extends StagePlugin {

  /**
   * @param desk the desk of {@link Role#MONITORING}
   * @param alerts where alerts go, for example {@link AlertSink#standard}
   */
  public MonitoringPlugin(Desk desk, AlertSink alerts) {
    super(Role.MONITORING, () -> new InferenceLogWatch(desk, alerts));
  }
}
