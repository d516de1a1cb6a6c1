package dev.lockkeeper.formats.deployment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The always-valid evidence against a candidate so far: the state of the test, carried from look to
 * look.
 *
 * @param judged the counts that are already part of it, newest manifest only; of several gateways
 *     their sum
 * @param candidateRequests candidate requests over all steps
 * @param candidateHarms candidate errors and invalid outputs over all steps
 * @param stableRequests stable requests over all steps
 * @param stableHarms stable errors and invalid outputs over all steps
 * @param logWealth log of the likelihood ratio for each risk ratio of the mixture; those that are
 *     missing at its end have no evidence yet
 * @param keys what is counted by routing keys; null in evidence of a version that counted none
 * @param gateways what {@code judged} is the sum of, each gateway's; null if it is one gateway's
 */
public record CanaryEvidence(
    CanaryCounts judged,
    long candidateRequests,
    long candidateHarms,
    long stableRequests,
    long stableHarms,
    List<Double> logWealth,
    @Nullable KeyEvidence keys,
    @Nullable List<CanaryCounts> gateways) {

  /** Evidence of one gateway. */
  public CanaryEvidence(
      CanaryCounts judged,
      long candidateRequests,
      long candidateHarms,
      long stableRequests,
      long stableHarms,
      List<Double> logWealth,
      @Nullable KeyEvidence keys) {
    this(
        judged,
        candidateRequests,
        candidateHarms,
        stableRequests,
        stableHarms,
        logWealth,
        keys,
        null);
  }
}
