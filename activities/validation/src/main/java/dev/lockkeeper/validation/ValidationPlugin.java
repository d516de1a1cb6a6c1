package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StagePlugin;

/** The validation stage as a Temporal plugin. */
public final class ValidationPlugin extends StagePlugin {

  /**
   * @param desk the desk of {@link Role#VALIDATION}
   */
  public ValidationPlugin(Desk desk) {
    super(Role.VALIDATION, () -> new HoldoutValidation(desk));
  }
}
