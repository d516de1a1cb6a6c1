package dev.lockkeeper.formats.training;

import dev.lockkeeper.formats.Required;
import java.util.Map;

/**
 * The trainer and its hyperparameters.
 *
 * @param trainer {@code xgboost}, {@code logistic-regression}, or a trainer plugged in by its name
 * @param seed the seed of everything random in it
 * @param parameters the trainer's hyperparameters by name; an unknown one is an error
 */
public record TrainingSpecification(String trainer, long seed, Map<String, String> parameters) {

  public TrainingSpecification {
    Required.value("training.trainer", trainer);
    parameters = Required.map("training.parameters", parameters);
  }
}
