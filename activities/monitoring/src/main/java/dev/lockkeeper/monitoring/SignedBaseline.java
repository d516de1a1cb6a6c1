package dev.lockkeeper.monitoring;

import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.monitoring.MonitoringBaseline;
import dev.lockkeeper.contracts.registry.ModelPackage;
import dev.lockkeeper.contracts.registry.PackageFile;
import dev.lockkeeper.custody.CustodyException;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.release.SignedPackage;

/**
 * The baseline of a package, taken after the package's signature was verified.
 *
 * @param digest SHA-256 of {@code baseline.json}
 * @param baseline the histograms
 */
record SignedBaseline(String digest, MonitoringBaseline baseline) {

  /**
   * Verifies the package's OpenSSF Model Signing bundle over all its files, then reads the baseline
   * by its signed digest.
   *
   * @throws CustodyException with the failing check
   */
  static SignedBaseline take(Desk desk, ModelPackage modelPackage) {
    SignedPackage signed =
        SignedPackage.verify(modelPackage, desk.store(), desk.verifier().trust());
    ArtifactRef baseline = signed.file(PackageFile.BASELINE);
    MonitoringBaseline histograms =
        Json.read(desk.store().read(baseline), MonitoringBaseline.class);
    if (histograms.rows() <= 0 || histograms.histograms().isEmpty()) {
      throw new CustodyException("package " + signed.name() + ": its baseline has no rows");
    }
    return new SignedBaseline(baseline.sha256(), histograms);
  }
}
