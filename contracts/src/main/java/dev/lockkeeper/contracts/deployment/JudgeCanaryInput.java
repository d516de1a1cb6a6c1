package dev.lockkeeper.contracts.deployment;

import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.HarmUnit;
import org.jspecify.annotations.Nullable;

/**
 * Input of one look at a canary.
 *
 * @param endpoint the endpoint
 * @param alpha chance of a false rollback over any number of looks
 * @param before the evidence so far; null at the first look
 * @param unit what counts once; null for {@link HarmUnit#KEY}
 * @param margin the declared margin; null if there is none
 * @param verdict what was signed at the last look; null at the first one. Where a package that has
 *     a plan is tried, the plan and this count, and nothing else here
 */
public record JudgeCanaryInput(
    String endpoint,
    double alpha,
    @Nullable CanaryEvidence before,
    @Nullable HarmUnit unit,
    @Nullable Double margin,
    @Nullable String verdict) {

  /** A look by keys without a margin. */
  public JudgeCanaryInput(String endpoint, double alpha, @Nullable CanaryEvidence before) {
    this(endpoint, alpha, before, null, null, null);
  }
}
