package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import io.temporal.common.SimplePlugin;
import io.temporal.worker.Worker;

/** The validation stage as a Temporal plugin: it registers on its own task queue alone. */
public final class ValidationPlugin extends SimplePlugin {

  private final Desk desk;

  /**
   * @param desk the desk of {@link Role#VALIDATION}
   */
  public ValidationPlugin(Desk desk) {
    super("dev.lockkeeper.validation");
    this.desk = desk;
  }

  @Override
  public void initializeWorker(String taskQueue, Worker worker) {
    if (taskQueue.equals(Role.VALIDATION.taskQueue())) {
      worker.registerActivitiesImplementations(new HoldoutValidation(desk));
    }
  }
}
