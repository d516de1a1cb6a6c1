package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.release.ModelSigning;
import dev.lockkeeper.features.FeatureProgram;
import java.util.Map;
import java.util.TreeMap;

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
    Map<String, String> digests = new TreeMap<>();
    modelPackage.files().forEach(file -> digests.put(file.name(), file.artifact().sha256()));
    String root =
        ModelSigning.verify(
            desk.store().read(modelPackage.signature()),
            digests,
            desk.verifier().trust().key(Role.REGISTRY));
    if (!root.equals(modelPackage.rootDigest())) {
      throw new CustodyException(
          "stable package "
              + modelPackage.model()
              + "@"
              + modelPackage.version()
              + ": its root is "
              + modelPackage.rootDigest()
              + ", the registry signed "
              + root);
    }
    ArtifactRef model = file(modelPackage, "model.onnx");
    return new StableModel(
        modelPackage.version(),
        model.sha256(),
        desk.store().read(model),
        FeatureProgram.load(desk.store().read(file(modelPackage, "features.json"))));
  }

  private static ArtifactRef file(ModelPackage modelPackage, String name) {
    return modelPackage.files().stream()
        .filter(file -> file.name().equals(name))
        .map(PackageFile::artifact)
        .findFirst()
        .orElseThrow(
            () ->
                new CustodyException(
                    "stable package "
                        + modelPackage.model()
                        + "@"
                        + modelPackage.version()
                        + " has no file '"
                        + name
                        + "'"));
  }
}
