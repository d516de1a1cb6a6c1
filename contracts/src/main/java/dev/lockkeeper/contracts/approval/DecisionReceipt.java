package dev.lockkeeper.contracts.approval;

import dev.lockkeeper.formats.approval.AcceptedDecision;
import org.jspecify.annotations.Nullable;

/**
 * What became of a decision that was sent.
 *
 * @param decision the decision as it counts; null if it was refused
 * @param message one line: why it was refused, or what is still missing
 */
public record DecisionReceipt(@Nullable AcceptedDecision decision, String message) {}
