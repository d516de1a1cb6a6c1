package dev.lockkeeper.activities.validation;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.SignedPackage;
import dev.lockkeeper.features.FeatureProgram;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageContext;
import org.jspecify.annotations.Nullable;

/**
 * The model that serves now, from its package.
 *
 * @param version its version
 * @param digest SHA-256 of its model file
 * @param model its model file
 * @param program its own feature program
 * @param split how its rows were split; null if its features statement does not say
 */
record StableModel(
    String version,
    String digest,
    byte[] model,
    FeatureProgram program,
    @Nullable AppliedSplit split) {

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
    return new StableModel(
        modelPackage.version(),
        model.sha256(),
        context.store().read(model),
        FeatureProgram.load(context.store().read(program)),
        split(context, signed));
  }

  private static @Nullable AppliedSplit split(StageContext context, SignedPackage signed) {
    ArtifactRef statement = signed.artifacts().get(PackageFile.FEATURES_STATEMENT);
    return statement == null
        ? null
        : SignedSplit.of(context.verifier().verify(context.store().read(statement), Role.FEATURES));
  }
}
