package dev.lockkeeper.contracts.registry;

import dev.lockkeeper.formats.registry.ModelPackage;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The registry stage, on task queue {@code lockkeeper-registry}. */
@ActivityInterface
public interface RegistryActivities {

  /**
   * Verifies every statement before it, walks the model file, builds the package and signs it.
   *
   * <p>Fails with {@code CUSTODY_BROKEN} or {@code MODEL_REFUSED}.
   */
  @ActivityMethod(name = "RegisterModel")
  ModelPackage registerModel(RegisterModelInput input);
}
