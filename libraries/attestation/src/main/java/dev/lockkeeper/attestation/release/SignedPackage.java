package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.store.ArtifactStore;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A package whose files are exactly those that the registry signed (OpenSSF Model Signing). How
 * they came to be is not looked at here: {@link ReleaseVerifier} does.
 *
 * @param name {@code MODEL@VERSION}
 * @param artifacts its files by name
 */
public record SignedPackage(String name, SortedMap<String, ArtifactRef> artifacts) {

  /**
   * Verifies the signature over the whole list of files.
   *
   * @throws CustodyException with the failing check
   */
  public static SignedPackage verify(
      ModelPackage modelPackage, ArtifactStore store, TrustStore trust) {
    String name = modelPackage.model() + "@" + modelPackage.version();
    SortedMap<String, ArtifactRef> artifacts = new TreeMap<>();
    for (PackageFile file : modelPackage.files()) {
      if (artifacts.put(file.name(), file.artifact()) != null) {
        throw new CustodyException("package " + name + " lists file '" + file.name() + "' twice");
      }
    }
    String root =
        ModelSigning.verify(
            store.read(modelPackage.signature()),
            artifacts.entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey(), e -> e.getValue().sha256())),
            trust.key(Role.REGISTRY));
    if (!root.equals(modelPackage.rootDigest())) {
      throw new CustodyException(
          "package "
              + name
              + " names root "
              + modelPackage.rootDigest()
              + ", the registry signed "
              + root);
    }
    return new SignedPackage(name, artifacts);
  }

  /**
   * A file by its name in {@link PackageFile}.
   *
   * @throws CustodyException if the package has none
   */
  public ArtifactRef file(String file) {
    ArtifactRef artifact = artifacts.get(file);
    if (artifact == null) {
      throw new CustodyException("package " + name + " has no file '" + file + "'");
    }
    return artifact;
  }
}
