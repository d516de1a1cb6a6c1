package dev.lockkeeper.formats.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the deployment stage found of a candidate under one manifest, measured against the plan that
 * was approved. Signed by the deployment role, it lets the candidate go on, and nothing else does.
 *
 * @param endpoint the endpoint
 * @param sequence the manifest that was in force
 * @param packageRoot root digest of the candidate's package
 * @param approvalDigest SHA-256 of the approval's envelope
 * @param evidence the evidence, this look included
 * @param eValue the e-value; harm is shown at 1/alpha
 * @param harm whether harm is shown
 * @param stepOver whether the step has had its time and its requests
 * @param insideMargin whether the candidate is shown to stay inside the margin; null if the plan
 *     declares none or one arm has all the traffic
 * @param judgedAt when
 */
public record CanaryVerdict(
    String endpoint,
    long sequence,
    String packageRoot,
    String approvalDigest,
    CanaryEvidence evidence,
    double eValue,
    boolean harm,
    boolean stepOver,
    @Nullable Boolean insideMargin,
    Instant judgedAt) {}
