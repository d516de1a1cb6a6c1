package dev.lockkeeper.activities.validation;

import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.EvaluationFormat;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import java.util.List;

/** Validates a candidate on the hold-out, in this process. */
final class HoldoutValidation implements ValidationActivities {

  private final StageContext context;

  HoldoutValidation(StageContext context) {
    this.context = context;
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
    return StageAttempt.runOnce(
        context,
        input.run().runId(),
        inputs,
        EvaluationFormat.INSTANCE,
        (attempt, folder) -> new EvaluationRun(context, input, attempt, folder).evaluate());
  }
}
