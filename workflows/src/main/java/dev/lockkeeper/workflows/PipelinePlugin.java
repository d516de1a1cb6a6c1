package dev.lockkeeper.workflows;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.workflows.canary.CanaryWorkflowImpl;
import dev.lockkeeper.workflows.monitoring.MonitoringWorkflowImpl;
import dev.lockkeeper.workflows.monitoring.UpgradedMonitoringWorkflowImpl;
import dev.lockkeeper.workflows.pipeline.PipelineWorkflowImpl;
import dev.lockkeeper.workflows.rollback.RollbackWorkflowImpl;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;

/** Registers the workflows on the pipeline role's queue, and no activity: it has no key. */
public final class PipelinePlugin extends SimplePlugin {

  private boolean versioned;

  public PipelinePlugin() {
    super("dev.lockkeeper.pipeline");
  }

  @Override
  public void configureWorker(String taskQueue, WorkerOptions.Builder worker) {
    super.configureWorker(taskQueue, worker);
    if (taskQueue.equals(Role.PIPELINE.taskQueue())) {
      versioned = worker.build().getDeploymentOptions() != null;
    }
  }

  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    if (taskQueue.equals(Role.PIPELINE.taskQueue())) {
      worker.registerWorkflowImplementationTypes(
          PipelineWorkflowImpl.class,
          CanaryWorkflowImpl.class,
          RollbackWorkflowImpl.class,
          versioned ? UpgradedMonitoringWorkflowImpl.class : MonitoringWorkflowImpl.class);
    }
  }
}
