package dev.lockkeeper.formats.deployment;

import org.jspecify.annotations.Nullable;

/**
 * What the gateway counted for one arm under one manifest: requests that were routed to it, none
 * that asked for a version by its name. Both arms count by the same rule.
 *
 * @param requests requests routed to the arm
 * @param errors requests whose model failed or took too long, and that the other version answers
 * @param invalid requests whose model answered something invalid (not finite, outside 0 to 1, wrong
 *     shape), and that the other version answers
 * @param common requests that neither version answers, which says nothing about either
 * @param byKey the same by routing key; null if the target counts no keys
 */
public record ArmCounts(
    long requests, long errors, long invalid, long common, @Nullable KeyCounts byKey) {

  /** Counts of a target that compares no failures and counts no keys. */
  public ArmCounts(long requests, long errors, long invalid) {
    this(requests, errors, invalid, 0, null);
  }
}
