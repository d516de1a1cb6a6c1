package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.contracts.validation.Evaluation;
import dev.lockkeeper.contracts.validation.ValidateModelInput;
import dev.lockkeeper.contracts.validation.ValidationActivities;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.StoreException;
import dev.lockkeeper.features.ExpressionException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;

/** Validates a candidate on the hold-out, in this process. */
final class HoldoutValidation implements ValidationActivities {

  private final Desk desk;

  HoldoutValidation(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Evaluation validateModel(ValidateModelInput input) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    String key =
        desk.key(
            input.run().runId(),
            input.features().program().sha256(),
            input.features().holdout().sha256(),
            input.model().model().sha256(),
            input.validation(),
            input.stable() == null ? "" : input.stable().rootDigest());
    try {
      return desk.once(
          key,
          Evaluation.class,
          () ->
              new EvaluationRun(desk, input, context.getInfo().getAttempt(), context::heartbeat)
                  .evaluate());
    } catch (CustodyException e) {
      throw StageFailure.of(FailureType.CUSTODY_BROKEN, message(e), e);
    } catch (ModelRefusedException e) {
      throw StageFailure.of(FailureType.MODEL_REFUSED, message(e), e);
    } catch (SpecificationException e) {
      throw StageFailure.of(FailureType.SPECIFICATION_INVALID, message(e), e);
    } catch (ExpressionException e) {
      throw StageFailure.of(FailureType.EXPRESSION_INVALID, message(e), e);
    } catch (StoreException e) {
      throw store(e);
    }
  }

  private static ApplicationFailure store(StoreException e) {
    return switch (e.kind()) {
      case UNAVAILABLE -> StageFailure.of(FailureType.STORE_UNAVAILABLE, message(e), e);
      case DENIED, MISSING, CORRUPT -> StageFailure.of(FailureType.CUSTODY_BROKEN, message(e), e);
    };
  }

  private static String message(RuntimeException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
