package dev.lockkeeper.stage;

import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.ZoneAccess;
import io.temporal.worker.WorkerPlugin;

/**
 * What a stage says of itself: its role, which zones it reaches, whether it signs, and how its
 * activities are made. Workers, the command line and the checks of the deployment find it by {@link
 * java.util.ServiceLoader}, so an implementation is public, has a constructor without parameters
 * and is named in {@code META-INF/services/dev.lockkeeper.stage.StageDefinition}.
 */
public interface StageDefinition {

  /** The stage's role, which no other stage has; it gives the task queue and the key's name. */
  Role role();

  /** The zones that it reaches. A stage whose work is done once reads and writes evidence. */
  ZoneAccess access();

  /** Whether it has a signing key. A stage without one signs nothing and finishes nothing once. */
  default boolean hasKey() {
    return true;
  }

  /**
   * Makes the plugin that registers the stage's activities on the role's task queue, usually a
   * {@link StagePlugin}. It opens nothing before a worker starts.
   *
   * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
   */
  WorkerPlugin plugin(StageContext context, StageSettings settings);
}
