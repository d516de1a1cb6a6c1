package dev.lockkeeper.contracts.deployment;

import org.jspecify.annotations.Nullable;

/**
 * Input of one look at a canary.
 *
 * @param endpoint the endpoint
 * @param alpha chance of a false rollback over any number of looks
 * @param before the evidence so far; null at the first look
 */
public record JudgeCanaryInput(String endpoint, double alpha, @Nullable CanaryEvidence before) {}
