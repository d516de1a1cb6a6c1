package dev.lockkeeper.validation;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Digests;
import dev.lockkeeper.features.FeatureProgram;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

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
   * Takes a package whose files are those that the registry signed.
   *
   * @throws CustodyException if they are not
   */
  static StableModel take(Desk desk, ModelPackage modelPackage) {
    desk.accept(modelPackage.evidence(), Role.REGISTRY)
        .requireSubject(modelPackage.rootDigest(), "package root");
    List<PackageFile> files =
        modelPackage.files().stream().sorted(Comparator.comparing(PackageFile::name)).toList();
    MessageDigest root = Digests.newSha256();
    files.forEach(file -> root.update(HexFormat.of().parseHex(file.artifact().sha256())));
    String found = HexFormat.of().formatHex(root.digest());
    if (!found.equals(modelPackage.rootDigest())) {
      throw new CustodyException(
          "stable package "
              + modelPackage.model()
              + "@"
              + modelPackage.version()
              + ": its files have root "
              + found
              + ", the registry signed "
              + modelPackage.rootDigest());
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
