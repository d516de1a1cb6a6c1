package dev.lockkeeper.activities.validation;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.models.ModelFileInspector;
import dev.lockkeeper.models.ModelRefusedException;
import dev.lockkeeper.runtime.ClassifierSession;
import dev.lockkeeper.runtime.InvalidAnswerException;
import dev.lockkeeper.runtime.ModelFailedException;
import dev.lockkeeper.stage.StageException;

/** A model that is evaluated. What is wrong with it ends the stage as {@code MODEL_REFUSED}. */
final class EvaluatedModel implements AutoCloseable {

  private final ClassifierSession session;

  private EvaluatedModel(ClassifierSession session) {
    this.session = session;
  }

  /**
   * Inspects and loads a model from the bytes whose digest was verified.
   *
   * @param name what messages call it
   * @param features how many features a row has
   * @throws StageException if it is refused
   */
  static EvaluatedModel load(String name, byte[] model, int features) {
    try {
      return new EvaluatedModel(
          ClassifierSession.open(name, ModelFileInspector.inspect(model), features));
    } catch (ModelRefusedException e) {
      throw new StageException(FailureType.MODEL_REFUSED, name + ": " + e.getMessage(), e);
    }
  }

  /**
   * The probability of each hold-out row.
   *
   * @throws StageException if an answer is not a probability
   */
  double[] predict(float[][] rows) {
    try {
      float[] answers = session.probabilities(rows);
      double[] widened = new double[answers.length];
      for (int row = 0; row < answers.length; row++) {
        widened[row] = answers[row];
      }
      return widened;
    } catch (InvalidAnswerException | ModelFailedException e) {
      throw new StageException(FailureType.MODEL_REFUSED, "on hold-out rows, " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
