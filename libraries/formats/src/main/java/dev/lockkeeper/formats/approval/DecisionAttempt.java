package dev.lockkeeper.formats.approval;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to decide, which is kept whatever became of it.
 *
 * @param receivedAt when it was judged
 * @param runId the run, {@code MODEL@VERSION}
 * @param sent what was sent, untrusted
 * @param decision the decision as it counts; null if it was refused
 * @param message one line: why it was refused, or what is still missing
 */
public record DecisionAttempt(
    Instant receivedAt,
    String runId,
    SignedDecision sent,
    @Nullable AcceptedDecision decision,
    String message) {}
