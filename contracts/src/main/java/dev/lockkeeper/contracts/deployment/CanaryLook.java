package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.deployment.CanaryEvidence;
import org.jspecify.annotations.Nullable;

/**
 * One look at a canary.
 *
 * @param evidence the evidence, this look included
 * @param stepRequests candidate requests under the manifest in force
 * @param eValue the e-value; harm is shown at 1/alpha
 * @param harm whether harm is shown
 * @param message one line for people, with counts
 * @param sampleRatio the e-value of a split that is not as the manifest says, from the keys under
 *     it; null if it is not tested
 * @param margin what is shown of the declared margin; null if none is declared or one arm has all
 *     the traffic
 * @param stepOver whether the step has had its time and its requests by the approved plan; null in
 *     a look that nobody signed
 * @param verdict the look as the deployment role signed it (a DSSE envelope as JSON text): what
 *     lets the candidate go on. Null in a look of before it was there, and outside a canary
 */
public record CanaryLook(
    CanaryEvidence evidence,
    long stepRequests,
    double eValue,
    boolean harm,
    String message,
    @Nullable Double sampleRatio,
    @Nullable MarginFinding margin,
    @Nullable Boolean stepOver,
    @Nullable String verdict) {

  /** A look that nobody signed. */
  public CanaryLook(
      CanaryEvidence evidence,
      long stepRequests,
      double eValue,
      boolean harm,
      String message,
      @Nullable Double sampleRatio,
      @Nullable MarginFinding margin) {
    this(evidence, stepRequests, eValue, harm, message, sampleRatio, margin, null, null);
  }

  /** This look with what the deployment role signed of it. */
  public CanaryLook signed(boolean over, String envelope) {
    return new CanaryLook(
        evidence, stepRequests, eValue, harm, message, sampleRatio, margin, over, envelope);
  }
}
