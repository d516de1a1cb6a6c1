package dev.lockkeeper.activities.validation;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.VerifiedStatement;
import dev.lockkeeper.attestation.release.SignedPackage;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.ModelRecord;
import dev.lockkeeper.formats.registry.ModelRecordFormat;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.training.TrainingRecord;
import dev.lockkeeper.formats.training.TrainingRecordFormat;
import dev.lockkeeper.stage.StageContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The model that serves now, from its package.
 *
 * @param version its version
 * @param digest SHA-256 of its model file
 * @param model its model file
 * @param program its own feature program
 * @param split how its rows were split; null if its features statement does not say
 * @param facts what its signed records say of how it was made
 * @param baseline the histograms of the hold-out that it was measured on; null if its package has
 *     none that can be read
 */
record StableModel(
    String version,
    String digest,
    byte[] model,
    FeatureProgram program,
    @Nullable AppliedSplit split,
    VersionFacts facts,
    @Nullable MonitoringBaseline baseline) {

  /**
   * Takes a package whose files are those that the registry signed (OpenSSF Model Signing).
   *
   * @throws CustodyException if they are not
   */
  static StableModel take(StageContext context, ModelPackage modelPackage) {
    SignedPackage signed =
        SignedPackage.verify(modelPackage, context.store(), context.verifier().trust());
    ArtifactRef model = signed.file(PackageFile.MODEL);
    ArtifactRef program = signed.file(PackageFile.FEATURE_PROGRAM);
    byte[] programBytes = context.store().read(program);
    VersionFacts facts = new VersionFacts();
    ModelRecord record = document(context, signed, PackageFile.RECORD, ModelRecordFormat.INSTANCE);
    if (record != null) {
      facts
          .rows(record.rows())
          .contract(record.contract(), record.data().getOrDefault("contract", ""))
          .code(record.code());
      TrainingRecord training =
          readable(() -> TrainingRecordFormat.INSTANCE.read(record.trainingRecord()));
      if (training != null) {
        facts.training(training);
      }
    }
    ArtifactRef features = signed.artifacts().get(PackageFile.FEATURES_STATEMENT);
    AppliedSplit split = null;
    if (features != null) {
      VerifiedStatement statement =
          context.verifier().verify(context.store().read(features), Role.FEATURES);
      split = SignedSplit.of(statement);
      facts.periods(statement).split(split);
    }
    return new StableModel(
        modelPackage.version(),
        model.sha256(),
        context.store().read(model),
        FeatureProgram.load(programBytes),
        split,
        facts.features(programBytes),
        document(context, signed, PackageFile.BASELINE, MonitoringBaselineFormat.INSTANCE));
  }

  /** A registry of one's own may file other documents: what cannot be read is not told. */
  private static <T> @Nullable T document(
      StageContext context, SignedPackage signed, String name, Format<T> format) {
    ArtifactRef file = signed.artifacts().get(name);
    return file == null ? null : readable(() -> format.read(context.store().read(file)));
  }

  /** A document; null if it is in a form of somebody else's. */
  static <T> @Nullable T readable(Supplier<T> read) {
    try {
      return read.get();
    } catch (FormatException other) {
      return null;
    }
  }
}
