package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.validation.Evaluation;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.stage.StageAttempt;
import java.util.List;

/** Validates a candidate on the hold-out, in this process. */
final class HoldoutValidation implements ValidationActivities {

  private final Desk desk;

  HoldoutValidation(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Evaluation validateModel(ValidateModelInput input) {
    List<?> inputs =
        List.of(
            input.features().program().sha256(),
            input.features().holdout().sha256(),
            input.model().model().sha256(),
            input.validation(),
            input.stable() == null ? "" : input.stable().rootDigest());
    return StageAttempt.once(
        desk,
        input.run().runId(),
        inputs,
        Evaluation.class,
        (attempt, folder) -> new EvaluationRun(desk, input, attempt, folder).evaluate());
  }
}
