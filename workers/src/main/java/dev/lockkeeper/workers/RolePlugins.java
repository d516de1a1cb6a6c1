package dev.lockkeeper.workers;

import dev.lockkeeper.activities.approval.ApprovalPlugin;
import dev.lockkeeper.activities.deployment.DeploymentPlugin;
import dev.lockkeeper.activities.features.FeaturesPlugin;
import dev.lockkeeper.activities.ingestion.IngestionPlugin;
import dev.lockkeeper.activities.monitoring.AlertSink;
import dev.lockkeeper.activities.monitoring.MonitoringPlugin;
import dev.lockkeeper.activities.registry.RegistryPlugin;
import dev.lockkeeper.activities.training.TrainingPlugin;
import dev.lockkeeper.activities.validation.ValidationPlugin;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import io.temporal.worker.WorkerPlugin;
import java.io.IOException;
import java.net.URI;

/** One plugin for each role, each with a context of its own and nothing of another role's. */
final class RolePlugins {

  private RolePlugins() {}

  static WorkerPlugin of(Role role, StateFolder state, URI gateway) throws IOException {
    if (role == Role.PIPELINE) {
      return new PipelinePlugin();
    }
    StageContext context = StageContext.open(state, role);
    return switch (role) {
      case PIPELINE -> new PipelinePlugin();
      case INGESTION -> new IngestionPlugin(context);
      case FEATURES -> new FeaturesPlugin(context);
      case TRAINING -> new TrainingPlugin(context);
      case VALIDATION -> new ValidationPlugin(context);
      case APPROVAL -> new ApprovalPlugin(context);
      case REGISTRY -> new RegistryPlugin(context);
      case DEPLOYMENT -> new DeploymentPlugin(context, gateway);
      case MONITORING -> new MonitoringPlugin(context, AlertSink.standard(context));
    };
  }
}
