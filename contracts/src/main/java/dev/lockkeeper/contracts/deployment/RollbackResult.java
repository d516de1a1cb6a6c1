package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.deployment.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback did.
 *
 * @param deployment what the endpoint serves now; null if it never served anything, and a canary
 *     was called back before it had traffic
 * @param message one line for people
 */
public record RollbackResult(@Nullable Deployment deployment, String message) {}
