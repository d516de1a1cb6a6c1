package dev.lockkeeper.monitoring;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.monitoring.MonitoringBaseline;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.release.ModelSigning;
import java.util.Map;
import java.util.TreeMap;

/**
 * The baseline of a package, taken after the package's signature was verified.
 *
 * @param digest SHA-256 of {@code baseline.json}
 * @param baseline the histograms
 */
record SignedBaseline(String digest, MonitoringBaseline baseline) {

  private static final String FILE = "baseline.json";

  /**
   * Verifies the package's OpenSSF Model Signing bundle over all its files, then reads the baseline
   * by its signed digest.
   *
   * @throws CustodyException with the failing check
   */
  static SignedBaseline take(Desk desk, ModelPackage modelPackage) {
    String name = "package " + modelPackage.model() + "@" + modelPackage.version();
    Map<String, String> digests = new TreeMap<>();
    modelPackage.files().forEach(file -> digests.put(file.name(), file.artifact().sha256()));
    String root =
        ModelSigning.verify(
            desk.store().read(modelPackage.signature()),
            digests,
            desk.verifier().trust().key(Role.REGISTRY));
    if (!root.equals(modelPackage.rootDigest())) {
      throw new CustodyException(
          name + ": its root is " + modelPackage.rootDigest() + ", the registry signed " + root);
    }
    ArtifactRef baseline =
        modelPackage.files().stream()
            .filter(file -> file.name().equals(FILE))
            .map(PackageFile::artifact)
            .findFirst()
            .orElseThrow(() -> new CustodyException(name + " has no file '" + FILE + "'"));
    MonitoringBaseline histograms =
        Json.read(desk.store().read(baseline), MonitoringBaseline.class);
    if (histograms.rows() <= 0 || histograms.histograms().isEmpty()) {
      throw new CustodyException(name + ": its baseline has no rows");
    }
    return new SignedBaseline(baseline.sha256(), histograms);
  }
}
