package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.KeyCounts;
import org.apache.commons.math3.special.Beta;

/**
 * How much more than the stable version a candidate fails at most: the difference of two bounds,
 * each from a confidence sequence for one share, which may be looked at any number of times.
 *
 * <p>A share p leaves the sequence when the mixture of all shares, with Jeffreys' weights, explains
 * the counts 1/α times better than p does (Robbins 1970; Ville's inequality).
 */
final class Increase {

  private static final int HALVINGS = 60;
  private static final double PRIOR = 0.5;

  private Increase() {}

  /**
   * The upper bound of the candidate's share of failures less the stable version's. By keys it is
   * the larger one of two, by requests and by keys: requests of one key are not independent, and
   * where every key fails once its share says nothing.
   *
   * @param alpha chance that the bound is ever wrong
   */
  static double atMost(ArmCounts candidate, ArmCounts stable, boolean byKey, double alpha) {
    double byRequest =
        atMost(
            candidate.errors() + candidate.invalid(),
            candidate.requests(),
            stable.errors() + stable.invalid(),
            stable.requests(),
            alpha);
    KeyCounts candidates = candidate.byKey();
    KeyCounts stables = stable.byKey();
    if (!byKey || candidates == null || stables == null) {
      return byRequest;
    }
    return Math.max(
        byRequest,
        atMost(candidates.failed(), candidates.keys(), stables.failed(), stables.keys(), alpha));
  }

  private static double atMost(
      long candidateFailed, long candidates, long stableFailed, long stables, double alpha) {
    return bound(candidateFailed, candidates, 1, alpha / 2)
        - bound(stableFailed, stables, 0, alpha / 2);
  }

  /**
   * The end of the sequence for a share.
   *
   * @param end 1 for the upper end, 0 for the lower one
   */
  static double bound(long failed, long all, double end, double alpha) {
    if (all == 0) {
      return end;
    }
    double inside = (double) failed / all;
    double outside = end;
    if (inside == outside) {
      return end;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double share = (inside + outside) / 2;
      if (logEvidence(failed, all, share) < -Math.log(alpha)) {
        inside = share;
      } else {
        outside = share;
      }
    }
    return outside;
  }

  private static double logEvidence(long failed, long all, double share) {
    long good = all - failed;
    double explained =
        (failed == 0 ? 0 : failed * Math.log(share)) + (good == 0 ? 0 : good * Math.log1p(-share));
    return Beta.logBeta(PRIOR + failed, PRIOR + good) - Beta.logBeta(PRIOR, PRIOR) - explained;
  }
}
