package dev.lockkeeper.contracts.run;

/**
 * A rollback as people read it.
 *
 * @param reason what was seen, with its size
 * @param canaryRequests requests that the candidate had received when it was taken back
 * @param restoreSeconds seconds from the decision until the gateway confirmed that the stable
 *     version serves alone
 */
public record RollbackSummary(String reason, long canaryRequests, double restoreSeconds) {}
