package dev.lockkeeper.contracts.deployment;

/**
 * Input that asks what an endpoint serves.
 *
 * @param endpoint the endpoint
 */
public record FindStableInput(String endpoint) {}
