package dev.lockkeeper.monitoring;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;

/** The monitoring stage as a Temporal plugin: it registers on its own task queue alone. */
public final class MonitoringPlugin extends SimplePlugin {

  private final Desk desk;
  private final AlertSink alerts;

  /**
   * @param desk the desk of {@link Role#MONITORING}
   * @param alerts where alerts go, for example {@link AlertSink#standard}
   */
  public MonitoringPlugin(Desk desk, AlertSink alerts) {
    super("dev.lockkeeper.monitoring");
    this.desk = desk;
    this.alerts = alerts;
  }

  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    if (taskQueue.equals(Role.MONITORING.taskQueue())) {
      worker.registerActivitiesImplementations(new InferenceLogWatch(desk, alerts));
    }
  }
}
