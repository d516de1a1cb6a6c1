package dev.lockkeeper.contracts.training;

import dev.lockkeeper.formats.training.TrainedModel;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * The training stage, on task queue {@code lockkeeper-training}. A worker in another language can
 * take it.
 */
@ActivityInterface
public interface TrainingActivities {

  /**
   * Verifies the feature statement and trains in a child process.
   *
   * <p>Fails with {@code TRAINING_FAILED}, {@code SPECIFICATION_INVALID} or {@code CUSTODY_BROKEN};
   * heartbeats.
   */
  @ActivityMethod(name = "TrainModel")
  TrainedModel trainModel(TrainModelInput input);
}
