package dev.lockkeeper.activities.approval;

import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.formats.approval.SignedDecision;
import java.time.Instant;

/**
 * An attempt to decide, as it is kept in the evidence zone whatever became of it.
 *
 * @param receivedAt when it was judged
 * @param runId the run
 * @param sent what was sent
 * @param receipt what became of it
 */
record DecisionRecord(
    Instant receivedAt, String runId, SignedDecision sent, DecisionReceipt receipt) {}
