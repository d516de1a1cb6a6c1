package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.release.SignedPackage;
import dev.lockkeeper.features.FeatureProgram;

/**
 * The model that serves now, from its package.
 *
 * @param version its version
 * @param digest SHA-256 of its model file
 * @param model its model file
 * @param program its own feature program
 */
record StableModel(String version, String digest, byte[] model, FeatureProgram program) {

  /**
   * Takes a package whose files are those that the registry signed (OpenSSF Model Signing).
   *
   * @throws CustodyException if they are not
   */
  static StableModel take(Desk desk, ModelPackage modelPackage) {
    SignedPackage signed =
        SignedPackage.verify(modelPackage, desk.store(), desk.verifier().trust());
    ArtifactRef model = signed.file(PackageFile.MODEL);
    ArtifactRef program = signed.file(PackageFile.FEATURE_PROGRAM);
    return new StableModel(
        modelPackage.version(),
        model.sha256(),
        desk.store().read(model),
        FeatureProgram.load(desk.store().read(program)));
  }
}
