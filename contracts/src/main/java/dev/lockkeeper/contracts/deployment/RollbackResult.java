package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.deployment.Deployment;

/**
 * What a rollback did.
 *
 * @param deployment what the endpoint serves now
 * @param message one line for people
 */
public record RollbackResult(Deployment deployment, String message) {}
