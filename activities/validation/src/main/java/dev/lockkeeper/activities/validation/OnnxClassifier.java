package dev.lockkeeper.activities.validation;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lockkeeper.models.ModelFileInspector;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * A binary classifier in ONNX Runtime: one input {@code features} FLOAT [N, F], one output {@code
 * probability} FLOAT [N, 1]. One thread within an operator, because two give other bits in a batch
 * than for a single row.
 */
final class OnnxClassifier implements AutoCloseable {

  private static final String INPUT = "features";
  private static final String OUTPUT = "probability";
  private static final int BATCH_ROWS = 8192;

  private final String name;
  private final int features;
  private final OrtSession session;

  private OnnxClassifier(String name, int features, OrtSession session) {
    this.name = name;
    this.features = features;
    this.session = session;
  }

  /**
   * Loads a model from the bytes whose digest was verified.
   *
   * @param name what it is, for messages
   * @param features how many features a row has
   * @throws ModelRefusedException if ONNX Runtime does not take it
   */
  static OnnxClassifier load(String name, byte[] model, int features) {
    inspect(name, model, features);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options);
      if (!session.getInputNames().contains(INPUT) || !session.getOutputNames().contains(OUTPUT)) {
        session.close();
        throw new ModelRefusedException(
            name
                + ": expected an input 'features' and an output 'probability', found "
                + session.getInputNames()
                + " and "
                + session.getOutputNames());
      }
      return new OnnxClassifier(name, features, session);
    } catch (OrtException e) {
      throw new ModelRefusedException(
          name + ": ONNX Runtime does not load it: " + e.getMessage(), e);
    }
  }

  /** No runtime sees a model file that was not walked first. */
  private static void inspect(String name, byte[] model, int features) {
    try {
      ModelFileInspector.inspect(model);
      ModelFileInspector.requireShape(model, features);
    } catch (dev.lockkeeper.models.ModelRefusedException e) {
      throw new ModelRefusedException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * The probability of each row.
   *
   * @throws ModelRefusedException if an answer is not a probability
   */
  double[] predict(float[][] rows) {
    double[] answers = new double[rows.length];
    for (int from = 0; from < rows.length; from += BATCH_ROWS) {
      predict(rows, from, Math.min(BATCH_ROWS, rows.length - from), answers);
    }
    return answers;
  }

  private void predict(float[][] rows, int from, int count, double[] answers) {
    FloatBuffer buffer = FloatBuffer.allocate(count * features);
    for (int i = 0; i < count; i++) {
      buffer.put(rows[from + i], 0, features);
    }
    buffer.flip();
    long[] shape = {count, features};
    try (OnnxTensor input =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, shape);
        OrtSession.Result result = session.run(Map.of(INPUT, input))) {
      OnnxTensor output = (OnnxTensor) result.get(OUTPUT).orElseThrow();
      FloatBuffer values = output.getFloatBuffer();
      if (values == null || values.remaining() != count) {
        throw new ModelRefusedException(
            name + ": expected FLOAT [" + count + ", 1] as 'probability', got " + output.getInfo());
      }
      for (int i = 0; i < count; i++) {
        answers[from + i] = probability(values.get(i), from + i);
      }
    } catch (OrtException e) {
      throw new ModelRefusedException(
          name + ": ONNX Runtime fails on hold-out rows: " + e.getMessage(), e);
    }
  }

  private double probability(float value, int row) {
    if (!(value >= 0 && value <= 1)) {
      throw new ModelRefusedException(
          name
              + ": its answer to hold-out row "
              + (row + 1)
              + " is "
              + value
              + ", which is not a probability");
    }
    return value;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(name + ": ONNX Runtime does not release it", e);
    }
  }
}
