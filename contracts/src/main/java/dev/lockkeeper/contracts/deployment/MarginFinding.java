package dev.lockkeeper.contracts.deployment;

/**
 * What the counts under the manifest in force say of a declared margin.
 *
 * @param increaseAtMost upper confidence bound, valid at any look, of the candidate's share of
 *     failures less the stable version's
 * @param margin the margin
 */
public record MarginFinding(double increaseAtMost, double margin) {

  /** Whether the candidate is shown to stay inside the margin. */
  public boolean inside() {
    return increaseAtMost <= margin;
  }
}
