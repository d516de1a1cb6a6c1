package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.AlertSink;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/** What the monitoring stage says of itself. */
public final class MonitoringDefinition implements StageDefinition {

  @Override
  public Role role() {
    return Role.MONITORING;
  }

  @Override
  public ZoneAccess access() {
    return ZoneAccess.reading(Zone.INFERENCE_LOG, Zone.MODELS, Zone.EVIDENCE)
        .writing(Zone.EVIDENCE, Zone.REPORTS);
  }

  @Override
  public WorkerPlugin plugin(StageContext context, StageSettings settings) {
    return new MonitoringPlugin(context, AlertSink.installed());
  }
}
