package dev.lockkeeper.contracts.deployment;

/**
 * One look at a canary.
 *
 * @param evidence the evidence, this look included
 * @param stepRequests candidate requests under the manifest in force
 * @param eValue the e-value; harm is shown at 1/alpha
 * @param harm whether harm is shown
 * @param message one line for people, with counts
 */
public record CanaryLook(
    CanaryEvidence evidence, long stepRequests, double eValue, boolean harm, String message) {}
