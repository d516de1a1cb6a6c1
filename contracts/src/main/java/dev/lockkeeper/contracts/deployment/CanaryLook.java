package dev.lockkeeper.contracts.deployment;

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
 */
public record CanaryLook(
    CanaryEvidence evidence,
    long stepRequests,
    double eValue,
    boolean harm,
    String message,
    @Nullable Double sampleRatio,
    @Nullable MarginFinding margin) {}
