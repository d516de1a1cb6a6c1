package dev.lockkeeper.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.VerifiedPackage;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.models.ModelFileInspector;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A verified model with its own feature program: what a release is made of when it serves. */
final class ServedModel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);
  private static final int CLOSE_SECONDS = 5;

  private final VerifiedPackage verified;
  private final FeatureProgram program;
  private final Set<String> read;
  private final Set<String> required;
  private final OrtSession session;

  /** The runtime ends the process when a session is closed while it computes. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private ServedModel(VerifiedPackage verified, FeatureProgram program, OrtSession session) {
    this.verified = verified;
    this.program = program;
    this.read =
        program.inputColumns().stream()
            .map(InputColumn::name)
            .collect(Collectors.toUnmodifiableSet());
    this.required =
        verified.contract().inputs().stream()
            .filter(ColumnContract::required)
            .map(ColumnContract::name)
            .collect(Collectors.toUnmodifiableSet());
    this.session = session;
  }

  /**
   * Loads the bytes that were verified, not the file again.
   *
   * @throws CustodyException if model, feature program and serving contract do not belong together
   */
  static ServedModel load(VerifiedPackage verified) {
    FeatureProgram program = FeatureProgram.load(verified.featureProgram());
    if (!program.digest().equals(verified.contract().featureProgram())
        || !program.featureNames().equals(verified.contract().featureNames())) {
      throw new CustodyException(
          "the feature program compiles to "
              + program.digest()
              + ", the serving contract pins "
              + verified.contract().featureProgram()
              + ": this model cannot be served on these features");
    }
    ModelFileInspector.inspect(verified.model());
    ModelFileInspector.requireShape(verified.model(), program.featureNames().size());
    try {
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new ServedModel(
          verified,
          program,
          OrtEnvironment.getEnvironment().createSession(verified.model(), options));
    } catch (OrtException e) {
      throw new CustodyException("the runtime does not load the model: " + e.getMessage(), e);
    }
  }

  VerifiedPackage verified() {
    return verified;
  }

  FeatureProgram program() {
    return program;
  }

  /** Whether its features are computed from a column. */
  boolean reads(String column) {
    return read.contains(column);
  }

  /** Whether its serving contract requires a value of a column in every row. */
  boolean requires(String column) {
    return required.contains(column);
  }

  String version() {
    return verified.contract().version();
  }

  String root() {
    return verified.modelPackage().rootDigest();
  }

  /**
   * Computes features and probabilities.
   *
   * @throws InvalidAnswerException if a feature is infinite or an answer is not a probability
   * @throws OrtException if the runtime fails
   */
  Answer answer(List<RowBuffer> rows) throws OrtException {
    int width = program.featureNames().size();
    float[] features = new float[rows.size() * width];
    float[] row = new float[width];
    for (int i = 0; i < rows.size(); i++) {
      program.compute(rows.get(i), row);
      for (int j = 0; j < width; j++) {
        if (Float.isInfinite(row[j])) {
          throw new InvalidAnswerException(
              "feature '" + program.featureNames().get(j) + "' is infinite");
        }
      }
      System.arraycopy(row, 0, features, i * width, width);
    }
    return new Answer(width, features, predict(features, rows.size(), width));
  }

  private float[] predict(float[] features, int rows, int width) throws OrtException {
    if (!inUse.readLock().tryLock()) {
      throw new InvalidAnswerException("version " + version() + " was closed");
    }
    try {
      return computed(features, rows, width);
    } finally {
      inUse.readLock().unlock();
    }
  }

  private float[] computed(float[] features, int rows, int width) throws OrtException {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (OnnxTensor input =
            OnnxTensor.createTensor(runtime, FloatBuffer.wrap(features), new long[] {rows, width});
        OrtSession.Result result = session.run(Map.of("features", input))) {
      FloatBuffer out = ((OnnxTensor) result.get("probability").orElseThrow()).getFloatBuffer();
      if (out.remaining() != rows) {
        throw new InvalidAnswerException(out.remaining() + " answers for " + rows + " rows");
      }
      float[] probabilities = new float[rows];
      out.get(probabilities);
      for (float probability : probabilities) {
        if (!(probability >= 0 && probability <= 1)) {
          throw new InvalidAnswerException(
              "the model answered " + probability + ", which is not a probability");
        }
      }
      return probabilities;
    }
  }

  /**
   * An answer.
   *
   * @param width number of features
   * @param features feature values row by row
   * @param probabilities one for each row
   */
  record Answer(int width, float[] features, float[] probabilities) {}

  /** Releases the model once nobody uses it; one that computes on is left to the process's end. */
  @Override
  public void close() {
    try {
      if (inUse.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        session.close();
      } else {
        LOG.warn("version {} still computes after {} s: not released", version(), CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OrtException e) {
      throw new IllegalStateException(
          "the runtime did not release the model: " + e.getMessage(), e);
    }
  }
}
