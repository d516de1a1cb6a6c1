package dev.lockkeeper.contracts.deployment;

import org.jspecify.annotations.Nullable;

/**
 * Input of a rollback.
 *
 * @param endpoint the endpoint
 * @param version the version to restore; null for the one before
 * @param reason why
 * @param requestedBy the principal who asks
 */
public record RollbackInput(
    String endpoint, @Nullable String version, String reason, String requestedBy) {}
