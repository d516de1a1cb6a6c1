package dev.lockkeeper.contracts.deployment;

import org.jspecify.annotations.Nullable;

/**
 * Input that takes a release back.
 *
 * @param endpoint the endpoint
 * @param version the version to restore; null takes the candidate back or, outside a canary,
 *     restores the stable version before this one
 * @param reason why, in one line
 * @param requestId makes a repeated request the same request
 */
public record RestoreInput(
    String endpoint, @Nullable String version, String reason, String requestId) {}
