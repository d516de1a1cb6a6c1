package dev.lockkeeper.formats.deployment;

/**
 * The part of the evidence that is counted by routing keys.
 *
 * @param candidateFailed keys whose first failure was in the candidate's arm, over all steps
 * @param stableFailed keys whose first failure was in the stable arm, over all steps
 * @param looks looks at both arms so far
 * @param breakdownLogWealth log of the evidence that the candidate breaks down; without meaning
 *     before the first look
 */
public record KeyEvidence(
    long candidateFailed, long stableFailed, long looks, double breakdownLogWealth) {}
