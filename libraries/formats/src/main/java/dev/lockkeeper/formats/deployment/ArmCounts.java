package dev.lockkeeper.formats.deployment;

/**
 * What the gateway counted for one arm under one manifest.
 *
 * @param requests requests routed to the arm
 * @param errors requests whose model failed or took too long
 * @param invalid requests whose model answered something invalid (not finite, outside 0 to 1, wrong
 *     shape)
 */
public record ArmCounts(long requests, long errors, long invalid) {}
