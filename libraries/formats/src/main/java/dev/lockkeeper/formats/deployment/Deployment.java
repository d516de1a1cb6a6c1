package dev.lockkeeper.formats.deployment;

import dev.lockkeeper.formats.artifact.Evidence;

/**
 * A change of what an endpoint serves, confirmed by the gateway.
 *
 * @param state what it serves now
 * @param seconds seconds from the decision until the gateway confirmed
 * @param evidence the signed serving manifest
 */
public record Deployment(ServingState state, double seconds, Evidence evidence) {}
