package dev.lockkeeper.stage;

import dev.lockkeeper.formats.run.Role;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stage as a Temporal plugin: it registers its activities on its role's task queue and on no
 * other, so that it can be added to any worker factory, and lets them say that they live.
 */
public abstract class StagePlugin extends SimplePlugin {

  /** One may be lost before the shortest heartbeat timeout, five seconds, is reached. */
  private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(2);

  private final Role role;
  private final Supplier<Object> activities;
  private final @Nullable Concurrency concurrency;

  /** A stage whose activities are light: a worker runs as many at once as Temporal lets it. */
  protected StagePlugin(Role role, Supplier<Object> activities) {
    this(role, activities, null);
  }

  /** A stage of whose activities a worker runs a few at once. */
  protected StagePlugin(Role role, Supplier<Object> activities, @Nullable Concurrency concurrency) {
    super("dev.lockkeeper." + role.label());
    this.role = role;
    this.activities = activities;
    this.concurrency = concurrency;
  }

  @Override
  public void configureWorkerFactory(WorkerFactoryOptions.Builder workers) {
    super.configureWorkerFactory(workers);
    HeartbeatInterceptor.addTo(workers, role.taskQueue());
  }

  @Override
  public void configureWorker(String taskQueue, WorkerOptions.Builder worker) {
    super.configureWorker(taskQueue, worker);
    if (taskQueue.equals(role.taskQueue())) {
      worker.setMaxHeartbeatThrottleInterval(BETWEEN_HEARTBEATS);
      if (concurrency != null) {
        worker.setMaxConcurrentActivityExecutionSize(concurrency.activities());
      }
    }
  }

  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    if (taskQueue.equals(role.taskQueue())) {
      worker.registerActivitiesImplementations(activities.get());
    }
  }
}
