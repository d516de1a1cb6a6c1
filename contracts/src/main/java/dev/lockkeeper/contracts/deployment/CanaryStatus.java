package dev.lockkeeper.contracts.deployment;

import org.jspecify.annotations.Nullable;

/**
 * A canary as it stands.
 *
 * @param percent share of the traffic for the candidate
 * @param step the step, from 1
 * @param steps how many steps
 * @param look the last look; null before the first
 * @param message what it does now, in one line; null before it does anything
 */
public record CanaryStatus(
    int percent, int step, int steps, @Nullable CanaryLook look, @Nullable String message) {}
