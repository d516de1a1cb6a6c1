package dev.lockkeeper.contracts.deployment;

/**
 * What a rollback did.
 *
 * @param deployment what the endpoint serves now
 * @param message one line for people
 */
public record RollbackResult(Deployment deployment, String message) {}
