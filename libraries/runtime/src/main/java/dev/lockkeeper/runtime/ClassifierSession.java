package dev.lockkeeper.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lockkeeper.models.InspectedModel;
import dev.lockkeeper.models.ModelRefusedException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A binary classifier in ONNX Runtime: one input {@code features} FLOAT [N, F], one output {@code
 * probability} FLOAT [N, 1]. Any number of threads may ask it at once, and another may close it.
 *
 * <p>A valid answer is one number from 0 to 1 for each row; everything else is an {@link
 * InvalidAnswerException}.
 */
public final class ClassifierSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClassifierSession.class);

  /** Rows that are computed at once; more are computed one batch after another. */
  private static final int BATCH_ROWS = 8192;

  private static final int CLOSE_SECONDS = 5;

  private final String name;
  private final int features;
  private final OrtSession session;

  /** The runtime ends the process when a session is closed while it computes. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private final AtomicBoolean closed = new AtomicBoolean();

  private ClassifierSession(String name, int features, OrtSession session) {
    this.name = name;
    this.features = features;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @param name what its messages call it, for instance {@code version 3}
   * @param features F
   * @throws ModelRefusedException if it has another shape, or ONNX Runtime does not load it
   */
  public static ClassifierSession open(String name, InspectedModel model, int features) {
    model.requireShape(features);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Two threads give other bits in a batch than for a single row.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = OrtEnvironment.getEnvironment().createSession(model.bytes(), options);
      return new ClassifierSession(name, features, session);
    } catch (OrtException e) {
      throw new ModelRefusedException("ONNX Runtime does not load it: " + e.getMessage(), e);
    }
  }

  /**
   * The probability of each row.
   *
   * @param rows rows of F features
   * @throws InvalidAnswerException if the answer is not valid, or the session was closed
   * @throws ModelFailedException if ONNX Runtime fails
   */
  public float[] probabilities(float[][] rows) {
    return inBatches(rows.length, (from, count) -> flat(rows, from, count));
  }

  /**
   * The probability of each row.
   *
   * @param values the features row by row
   * @param rows how many rows that is
   * @throws InvalidAnswerException if the answer is not valid, or the session was closed
   * @throws ModelFailedException if ONNX Runtime fails
   */
  public float[] probabilities(float[] values, int rows) {
    return inBatches(
        rows, (from, count) -> FloatBuffer.wrap(values, from * features, count * features));
  }

  @FunctionalInterface
  private interface Batches {
    FloatBuffer batch(int from, int count);
  }

  private float[] inBatches(int rows, Batches batches) {
    if (closed.get() || !inUse.readLock().tryLock()) {
      throw new InvalidAnswerException(name + " was closed");
    }
    try {
      float[] answers = new float[rows];
      for (int from = 0; from < rows; from += BATCH_ROWS) {
        int count = Math.min(BATCH_ROWS, rows - from);
        compute(batches.batch(from, count), from, count, answers);
      }
      return answers;
    } finally {
      inUse.readLock().unlock();
    }
  }

  private FloatBuffer flat(float[][] rows, int from, int count) {
    FloatBuffer buffer = FloatBuffer.allocate(count * features);
    for (int i = 0; i < count; i++) {
      buffer.put(rows[from + i], 0, features);
    }
    return buffer.flip();
  }

  private void compute(FloatBuffer batch, int from, int count, float[] answers) {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    long[] shape = {count, features};
    try (OnnxTensor input = OnnxTensor.createTensor(runtime, batch, shape);
        OrtSession.Result result = session.run(Map.of(InspectedModel.INPUT, input))) {
      OnnxTensor output = (OnnxTensor) result.get(InspectedModel.OUTPUT).orElseThrow();
      FloatBuffer values = output.getFloatBuffer();
      if (values == null || values.remaining() != count) {
        throw new InvalidAnswerException(
            name + ": expected FLOAT [" + count + ", 1] as 'probability', got " + output.getInfo());
      }
      for (int i = 0; i < count; i++) {
        answers[from + i] = requireProbability(values.get(i), from + i);
      }
    } catch (OrtException e) {
      throw new ModelFailedException(name + ": ONNX Runtime fails: " + e.getMessage(), e);
    }
  }

  private float requireProbability(float value, int row) {
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidAnswerException(
          name + ": its answer to row " + (row + 1) + " is " + value + ", not a probability");
    }
    return value;
  }

  /**
   * Releases the model once no thread computes with it. One that computes for more than 5 seconds
   * is left to the end of the process. From the first call on, nobody else is answered.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      if (inUse.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        session.close();
      } else {
        LOG.warn("{} still computes after {} s: not released", name, CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OrtException e) {
      throw new IllegalStateException(
          name + ": ONNX Runtime does not release it: " + e.getMessage(), e);
    }
  }
}
