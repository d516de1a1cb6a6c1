package dev.lockkeeper.formats.deployment;

import java.time.Duration;

/**
 * One step of a canary.
 *
 * @param percent share of the traffic that the candidate gets, 1 to 100
 * @param minimumRequests candidate requests that must have been judged before the next step
 * @param bake least time at this step
 */
public record CanaryStep(int percent, long minimumRequests, Duration bake) {}
