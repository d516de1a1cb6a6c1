package dev.lockkeeper.serving;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.VerifiedPackage;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.features.InputColumn;
import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.formats.ingestion.ColumnContract;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ServingContract;
import dev.lockkeeper.models.ModelRefusedException;
import dev.lockkeeper.runtime.ClassifierSession;
import dev.lockkeeper.runtime.InvalidAnswerException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A verified model with its own feature program: what a release is made of when it serves. */
final class ServedModel implements AutoCloseable {

  private final ModelPackage modelPackage;
  private final ServingContract contract;
  private final FeatureProgram program;
  private final Set<String> read;
  private final Set<String> required;
  private final ClassifierSession session;

  private ServedModel(VerifiedPackage verified, FeatureProgram program, ClassifierSession session) {
    this.modelPackage = verified.modelPackage();
    this.contract = verified.contract();
    this.program = program;
    this.read =
        program.inputColumns().stream()
            .map(InputColumn::name)
            .collect(Collectors.toUnmodifiableSet());
    this.required =
        contract.inputs().stream()
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
    try {
      return new ServedModel(
          verified,
          program,
          ClassifierSession.open(
              "version " + verified.contract().version(),
              verified.model(),
              program.featureNames().size()));
    } catch (ModelRefusedException e) {
      throw new CustodyException(String.valueOf(e.getMessage()), e);
    }
  }

  ModelPackage modelPackage() {
    return modelPackage;
  }

  ServingContract contract() {
    return contract;
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
    return contract.version();
  }

  String root() {
    return modelPackage.rootDigest();
  }

  /**
   * Computes features and probabilities.
   *
   * @throws InvalidAnswerException if a feature is infinite or an answer is not a probability
   * @throws dev.lockkeeper.runtime.ModelFailedException if the runtime fails
   */
  Answer answer(List<RowBuffer> rows) {
    int width = program.featureNames().size();
    float[] features = new float[rows.size() * width];
    float[] row = new float[width];
    for (int i = 0; i < rows.size(); i++) {
      program.compute(rows.get(i), row);
      for (int j = 0; j < width; j++) {
        if (Float.isInfinite(row[j])) {
          throw new InvalidAnswerException(
              "version "
                  + version()
                  + ": feature '"
                  + program.featureNames().get(j)
                  + "' is infinite");
        }
      }
      System.arraycopy(row, 0, features, i * width, width);
    }
    return new Answer(width, features, session.probabilities(features, rows.size()));
  }

  /**
   * An answer.
   *
   * @param width number of features
   * @param features feature values row by row
   * @param probabilities one for each row
   */
  record Answer(int width, float[] features, float[] probabilities) {}

  @Override
  public void close() {
    session.close();
  }
}
