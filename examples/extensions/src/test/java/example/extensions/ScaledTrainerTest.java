package example.extensions;

import dev.lockkeeper.activities.training.Trainer;
import dev.lockkeeper.testing.stages.TrainerContract;

class ScaledTrainerTest extends TrainerContract {

  @Override
  protected Trainer trainer() {
    return new ScaledTrainer();
  }
}
