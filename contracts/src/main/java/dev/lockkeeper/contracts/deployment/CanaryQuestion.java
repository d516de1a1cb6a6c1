package dev.lockkeeper.contracts.deployment;

/**
 * What a canary asks its run's approvers: whether a candidate is promoted that is not shown to stay
 * inside the margin.
 *
 * @param verdict what the deployment role signed of it (a DSSE envelope as JSON text)
 * @param message one line for people, with figures
 */
public record CanaryQuestion(String verdict, String message) {}
