package dev.lockkeeper.stage;

import dev.lockkeeper.contracts.run.Role;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;
import java.util.function.Supplier;

/**
 * A stage as a Temporal plugin: it registers its activities on its role's task queue and on no
 * other, so that it can be added to any worker factory.
 */
public abstract class StagePlugin extends SimplePlugin {

  private final Role role;
  private final Supplier<Object> activities;

  protected StagePlugin(Role role, Supplier<Object> activities) {
    super("dev.lockkeeper." + role.label());
    this.role = role;
    this.activities = activities;
  }

  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    if (taskQueue.equals(role.taskQueue())) {
      worker.registerActivitiesImplementations(activities.get());
    }
  }
}
