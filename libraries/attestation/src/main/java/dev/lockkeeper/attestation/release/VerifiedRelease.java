package dev.lockkeeper.attestation.release;

import dev.lockkeeper.attestation.TrustStore;
import dev.lockkeeper.formats.deployment.Release;
import java.util.List;

/**
 * A release that was verified for an endpoint under a trust. Only {@link ReleaseVerifier} makes
 * one, so whoever takes it takes what was verified and need not verify it again.
 *
 * <p>No check of a release depends on the time of day: approvers must be enrolled at the time that
 * the approval names. So the result stays true for the same release, endpoint and trust.
 */
public final class VerifiedRelease {

  private final Release release;
  private final String endpoint;
  private final TrustStore trust;
  private final VerifiedPackage verifiedPackage;
  private final List<String> checks;

  VerifiedRelease(
      Release release,
      String endpoint,
      TrustStore trust,
      VerifiedPackage verifiedPackage,
      List<String> checks) {
    this.release = release;
    this.endpoint = endpoint;
    this.trust = trust;
    this.verifiedPackage = verifiedPackage;
    this.checks = List.copyOf(checks);
  }

  /** The release. */
  public Release release() {
    return release;
  }

  /** The endpoint that it was verified for. */
  public String endpoint() {
    return endpoint;
  }

  /** Its package. */
  public VerifiedPackage verifiedPackage() {
    return verifiedPackage;
  }

  /** What was verified, the package's checks first, one line each. */
  public List<String> checks() {
    return checks;
  }

  /**
   * Whether verifying a release would be this verification once more: the same package and
   * approval, for the same endpoint, under the same keys and allowed signers.
   */
  public boolean covers(Release asked, String forEndpoint, TrustStore under) {
    return release.equals(asked) && endpoint.equals(forEndpoint) && trust.equals(under);
  }
}
