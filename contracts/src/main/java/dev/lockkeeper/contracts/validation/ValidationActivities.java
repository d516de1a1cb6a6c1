package dev.lockkeeper.contracts.validation;

import dev.lockkeeper.formats.validation.Evaluation;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The validation stage, on task queue {@code lockkeeper-validation}. */
@ActivityInterface
public interface ValidationActivities {

  /**
   * Verifies the feature and training statements and measures the candidate, and the stable model
   * on the same rows.
   *
   * <p>A refused model is a result. Fails with {@code CUSTODY_BROKEN}, {@code MODEL_REFUSED} or
   * {@code SPECIFICATION_INVALID}.
   */
  @ActivityMethod(name = "ValidateModel")
  Evaluation validateModel(ValidateModelInput input);
}
