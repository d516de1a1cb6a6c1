package dev.lockkeeper.formats.deployment;

/**
 * What the gateway counted for one arm under one manifest: requests that were routed to it, none
 * that asked for a version by its name. Both arms count by the same rule.
 *
 * @param requests requests routed to the arm
 * @param errors requests whose model failed or took too long, and that the other version answers
 * @param invalid requests whose model answered something invalid (not finite, outside 0 to 1, wrong
 *     shape), and that the other version answers
 * @param common requests that neither version answers, which says nothing about either
 */
public record ArmCounts(long requests, long errors, long invalid, long common) {

  /** Counts of a target that compares no failures. */
  public ArmCounts(long requests, long errors, long invalid) {
    this(requests, errors, invalid, 0);
  }
}
