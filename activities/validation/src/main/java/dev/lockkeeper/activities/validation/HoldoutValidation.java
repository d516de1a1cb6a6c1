package dev.lockkeeper.activities.validation;

import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.formats.validation.Evaluation;
import dev.lockkeeper.formats.validation.EvaluationFormat;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import java.util.List;

/** Validates a candidate on the hold-out, in this process. */
final class HoldoutValidation implements ValidationActivities {

  private final StageContext context;
  private final DataEngineProvider engines;

  HoldoutValidation(StageContext context, DataEngineProvider engines) {
    this.context = context;
    this.engines = engines;
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
        (attempt, folder) ->
            new EvaluationRun(context, engines, input, attempt, folder).evaluate());
  }
}
