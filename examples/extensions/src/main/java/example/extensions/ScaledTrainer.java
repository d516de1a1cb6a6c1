package example.extensions;

import dev.lockkeeper.activities.training.Checkpoints;
import dev.lockkeeper.activities.training.FittedModel;
import dev.lockkeeper.activities.training.LogisticRegressionTrainer;
import dev.lockkeeper.activities.training.Trainer;
import dev.lockkeeper.activities.training.TrainingTable;
import java.util.Map;
import java.util.SortedMap;

/** A logistic regression with a penalty of its own. */
public final class ScaledTrainer implements Trainer {

  private final LogisticRegressionTrainer fitting = new LogisticRegressionTrainer();

  @Override
  public String name() {
    return "scaled-logistic";
  }

  @Override
  public SortedMap<String, String> resolve(Map<String, String> given) {
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "trainer " + name() + " takes no parameters, got " + given.keySet());
    }
    return fitting.resolve(Map.of("l2", "10"));
  }

  @Override
  public FittedModel fit(
      TrainingTable table,
      SortedMap<String, String> parameters,
      long seed,
      Checkpoints checkpoints) {
    return fitting.fit(table, parameters, seed, checkpoints);
  }
}
