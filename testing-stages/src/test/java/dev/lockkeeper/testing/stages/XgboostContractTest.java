package dev.lockkeeper.testing.stages;

import dev.lockkeeper.activities.training.Trainer;
import dev.lockkeeper.activities.training.XgboostTrainer;
import java.util.Map;

class XgboostContractTest extends TrainerContract {

  @Override
  protected Trainer trainer() {
    return new XgboostTrainer();
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("rounds", "40", "max_depth", "3");
  }

  @Override
  protected boolean keepsProgress() {
    return true;
  }
}
