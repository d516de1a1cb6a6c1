package dev.lockkeeper.formats.approval;

/**
 * A decision that was verified and counts.
 *
 * @param approver the principal
 * @param keyFingerprint the key's {@code SHA256:…} fingerprint
 * @param decision what was decided
 * @param reason why
 * @param signed what was sent, kept so that anyone can verify it again
 */
public record AcceptedDecision(
    String approver,
    String keyFingerprint,
    DecisionKind decision,
    String reason,
    SignedDecision signed) {}
