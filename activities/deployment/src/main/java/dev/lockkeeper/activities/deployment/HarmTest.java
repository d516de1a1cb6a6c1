package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import java.util.Arrays;
import java.util.List;

/**
 * An always-valid test for harm: it may be looked at any number of times, and shows harm where
 * there is none with a chance of at most alpha.
 *
 * <p>Under no harm an event (an error or an invalid answer) falls into the candidate's arm with the
 * share of the requests that the arm had, π. Against it stands a risk ratio r: q = rπ / (rπ + 1 −
 * π). The e-value is the equal mixture over r of the likelihood ratios; harm is shown at 1/α
 * (Ville's inequality). π is what the arm really had and not what it was to have: keys stick to
 * their side, and a few busy ones may have most of the traffic. Given the numbers of requests the
 * events are drawn without replacement, for which the test is valid too (Hoeffding 1963, theorem
 * 4). Where nothing goes to a stable version the events of the candidate are tested against a
 * tolerated share instead.
 */
final class HarmTest {

  private static final double[] RATIOS = {1.1, 1.25, 1.5, 2, 3, 5};
  private static final double[] SHARES = {0.02, 0.05, 0.1, 0.2, 0.5, 0.9};

  /** Without a stable version to compare with, this share of failed requests is tolerated. */
  static final double TOLERATED_SHARE = 0.01;

  /** A candidate with so many requests beside a stable version with none is judged on its own. */
  private static final int SURELY_ALONE = 100;

  private final double[] logWealth;
  private long candidateRequests;
  private long candidateHarms;
  private long stableRequests;
  private long stableHarms;

  private HarmTest(double[] logWealth) {
    this.logWealth = logWealth;
  }

  static HarmTest start() {
    return new HarmTest(new double[RATIOS.length]);
  }

  static HarmTest resume(CanaryEvidence before) {
    HarmTest test =
        new HarmTest(before.logWealth().stream().mapToDouble(Double::doubleValue).toArray());
    test.candidateRequests = before.candidateRequests();
    test.candidateHarms = before.candidateHarms();
    test.stableRequests = before.stableRequests();
    test.stableHarms = before.stableHarms();
    return test;
  }

  /**
   * Adds what was counted since the counts given, unless that cannot be judged yet: one arm had no
   * request. Whether it is added depends on the numbers of requests alone, never on the events.
   *
   * @return whether it was added
   */
  boolean add(CanaryCounts now, ArmCounts stableBefore, ArmCounts candidateBefore) {
    long requests = now.candidate().requests() - candidateBefore.requests();
    long others = now.stable().requests() - stableBefore.requests();
    boolean alone = now.candidatePercent() >= 100 || (others == 0 && requests >= SURELY_ALONE);
    if (!alone && (requests == 0 || others == 0)) {
      return false;
    }
    long harms = harms(now.candidate()) - harms(candidateBefore);
    long stable = harms(now.stable()) - harms(stableBefore);
    candidateRequests += requests;
    candidateHarms += harms;
    stableRequests += others;
    stableHarms += stable;
    double share = (double) requests / (requests + others);
    for (int i = 0; i < logWealth.length; i++) {
      logWealth[i] +=
          alone ? alone(SHARES[i], harms, requests) : compared(RATIOS[i], share, harms, stable);
    }
    return true;
  }

  private static double compared(double ratio, double share, long candidate, long stable) {
    double q = ratio * share / (ratio * share + 1 - share);
    return candidate * Math.log(q / share) + stable * Math.log((1 - q) / (1 - share));
  }

  private static double alone(double share, long harms, long requests) {
    return harms * Math.log(share / TOLERATED_SHARE)
        + (requests - harms) * Math.log((1 - share) / (1 - TOLERATED_SHARE));
  }

  /** The equal mixture, computed around the largest term. */
  double eValue() {
    double largest = Arrays.stream(logWealth).max().orElse(0);
    double sum = Arrays.stream(logWealth).map(w -> Math.exp(w - largest)).sum();
    return Math.min(Double.MAX_VALUE, Math.exp(largest) * sum / logWealth.length);
  }

  CanaryEvidence evidence(CanaryCounts judged) {
    List<Double> wealth = Arrays.stream(logWealth).boxed().toList();
    return new CanaryEvidence(
        judged, candidateRequests, candidateHarms, stableRequests, stableHarms, wealth);
  }

  private static long harms(ArmCounts counts) {
    return counts.errors() + counts.invalid();
  }
}
