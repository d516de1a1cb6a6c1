package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.attestation.release.SignedPackage;
import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.features.ProgramDocumentFormat;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.stage.StageContext;
import java.util.Map;

/**
 * The baseline of a package, taken after the package's signature was verified.
 *
 * @param digest SHA-256 of {@code baseline.json}
 * @param baseline the histograms
 * @param clock the features that read the clock
 */
record SignedBaseline(String digest, MonitoringBaseline baseline, ClockFeatures clock) {

  /**
   * Verifies the package's OpenSSF Model Signing bundle over all its files, then reads the baseline
   * by its signed digest.
   *
   * @throws CustodyException with the failing check
   */
  static SignedBaseline take(StageContext context, ModelPackage modelPackage) {
    SignedPackage signed =
        SignedPackage.verify(modelPackage, context.store(), context.verifier().trust());
    ArtifactRef baseline = signed.file(PackageFile.BASELINE);
    MonitoringBaseline histograms = read(signed.name(), context.store().read(baseline));
    if (histograms.rows() <= 0 || histograms.histograms().isEmpty()) {
      throw new CustodyException("package " + signed.name() + ": its baseline has no rows");
    }
    return new SignedBaseline(baseline.sha256(), histograms, clock(context, signed));
  }

  private static ClockFeatures clock(StageContext context, SignedPackage signed) {
    ArtifactRef program = signed.artifacts().get(PackageFile.FEATURE_PROGRAM);
    if (program == null) {
      return new ClockFeatures(Map.of());
    }
    try {
      return ClockFeatures.of(
          ProgramDocumentFormat.INSTANCE.read(context.store().read(program)).features());
    } catch (FormatException e) {
      throw new CustodyException("package " + signed.name() + ": " + e.getMessage(), e);
    }
  }

  private static MonitoringBaseline read(String name, byte[] json) {
    try {
      return MonitoringBaselineFormat.INSTANCE.read(json);
    } catch (FormatException e) {
      throw new CustodyException("package " + name + ": " + e.getMessage(), e);
    }
  }
}
