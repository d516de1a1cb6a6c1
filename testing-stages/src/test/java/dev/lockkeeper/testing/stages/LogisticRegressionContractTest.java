package dev.lockkeeper.testing.stages;

import dev.lockkeeper.activities.training.LogisticRegressionTrainer;
import dev.lockkeeper.activities.training.Trainer;
import java.util.Map;

class LogisticRegressionContractTest extends TrainerContract {

  @Override
  protected Trainer trainer() {
    return new LogisticRegressionTrainer();
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("l2", "2");
  }
}
