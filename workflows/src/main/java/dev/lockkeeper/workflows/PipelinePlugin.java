package dev.lockkeeper.workflows;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.workflows.canary.CanaryWorkflowImpl;
import dev.lockkeeper.workflows.monitoring.MonitoringWorkflowImpl;
import dev.lockkeeper.workflows.monitoring.UpgradedMonitoringWorkflowImpl;
import dev.lockkeeper.workflows.pipeline.PipelineWorkflowImpl;
import dev.lockkeeper.workflows.rollback.RollbackWorkflowImpl;
import dev.lockkeeper.workflows.run.LostWorker;
import io.temporal.common.SimplePlugin;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registers the workflows on the pipeline role's queue, and no activity: it has no key. */
public final class PipelinePlugin extends SimplePlugin {

  private final LostWorker lostWorker;
  private boolean versioned;

  /** Workers are lost after {@link LostWorker#STANDARD}. */
  public PipelinePlugin() {
    this(LostWorker.STANDARD);
  }

  /**
   * @param lostWorker when a stage's worker is taken for lost
   */
  public PipelinePlugin(LostWorker lostWorker) {
    super("dev.lockkeeper.pipeline");
    this.lostWorker = lostWorker;
  }

  @Override
  public void configureWorkerFactory(WorkerFactoryOptions.Builder workers) {
    super.configureWorkerFactory(workers);
    WorkerInterceptor @Nullable [] given = workers.build().getWorkerInterceptors();
    List<WorkerInterceptor> all = new ArrayList<>(given == null ? List.of() : List.of(given));
    all.add(lostWorker.interceptor(Role.PIPELINE.taskQueue()));
    workers.setWorkerInterceptors(all.toArray(WorkerInterceptor[]::new));
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
