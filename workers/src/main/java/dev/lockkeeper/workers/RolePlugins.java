package dev.lockkeeper.workers;

import dev.lockkeeper.approval.ApprovalPlugin;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.StateFolder;
import dev.lockkeeper.deployment.DeploymentPlugin;
import dev.lockkeeper.features.stage.FeaturesPlugin;
import dev.lockkeeper.ingestion.IngestionPlugin;
import dev.lockkeeper.monitoring.AlertSink;
import dev.lockkeeper.monitoring.MonitoringPlugin;
import dev.lockkeeper.registry.RegistryPlugin;
import dev.lockkeeper.training.TrainingPlugin;
import dev.lockkeeper.validation.ValidationPlugin;
import io.temporal.worker.WorkerPlugin;
import java.io.IOException;
import java.net.URI;

/** One plugin for each role, each with a desk of its own and nothing of another role's. */
final class RolePlugins {

  private RolePlugins() {}

  static WorkerPlugin of(Role role, StateFolder state, URI gateway) throws IOException {
    if (role == Role.PIPELINE) {
      return new PipelinePlugin();
    }
    Desk desk = Desk.open(state, role);
    return switch (role) {
      case PIPELINE -> new PipelinePlugin();
      case INGESTION -> new IngestionPlugin(desk);
      case FEATURES -> new FeaturesPlugin(desk);
      case TRAINING -> new TrainingPlugin(desk);
      case VALIDATION -> new ValidationPlugin(desk);
      case APPROVAL -> new ApprovalPlugin(desk);
      case REGISTRY -> new RegistryPlugin(desk);
      case DEPLOYMENT -> new DeploymentPlugin(desk, gateway);
      case MONITORING -> new MonitoringPlugin(desk, AlertSink.standard(desk));
    };
  }
}
