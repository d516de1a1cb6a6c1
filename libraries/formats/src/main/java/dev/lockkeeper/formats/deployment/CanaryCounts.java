package dev.lockkeeper.formats.deployment;

/**
 * What the gateway counted under one manifest since it started.
 *
 * @param endpoint the endpoint
 * @param instance random id of the gateway process: another one means that counting began anew
 * @param sequence the manifest
 * @param candidatePercent share of the traffic for the candidate under it, in hundredths of a per
 *     cent at the finest
 * @param stable the stable arm
 * @param candidate the candidate arm
 */
public record CanaryCounts(
    String endpoint,
    String instance,
    long sequence,
    double candidatePercent,
    ArmCounts stable,
    ArmCounts candidate) {}
