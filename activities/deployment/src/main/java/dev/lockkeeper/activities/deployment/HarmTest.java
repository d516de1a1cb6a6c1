package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.deployment.KeyCounts;
import dev.lockkeeper.formats.deployment.KeyEvidence;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An always-valid test for harm: it may be looked at any number of times, and shows harm where
 * there is none with a chance of at most alpha.
 *
 * <p>Under no harm an event falls into the candidate's arm with a share π. Against it stands a risk
 * ratio r: q = rπ / (rπ + 1 − π). The e-value is the equal mixture over r of the likelihood ratios;
 * harm is shown at 1/α (Ville's inequality).
 *
 * <p>{@link HarmUnit#KEY}: an event is the first failure of a routing key, and π is the arm's share
 * of the keys that had not failed before. A hash draws each key's side whatever the key does, so
 * that this holds where few keys have most of the traffic or all of the failures, and where those
 * come in streaks. {@link Breakdown} has a tenth of the mixture.
 *
 * <p>{@link HarmUnit#REQUEST}: an event is a failed request, and π is the share of the requests
 * that the arm really had. Given the numbers of requests the events are drawn without replacement,
 * for which the test is valid too (Hoeffding 1963, theorem 4), where requests fail independently.
 *
 * <p>Where nothing goes to a stable version the failed requests of the candidate are tested against
 * a tolerated share instead.
 */
final class HarmTest {

  /** A stable version that never fails, as a number that JSON can write. */
  private static final double ONLY_THE_CANDIDATE = 1e9;

  private static final double[] RATIOS = {1.1, 1.25, 1.5, 2, 3, 5, 10, 30, ONLY_THE_CANDIDATE};
  private static final double[] SHARES = {0.02, 0.05, 0.1, 0.2, 0.5, 0.9, 0.03, 0.3, 0.7};

  /** Without a stable version to compare with, this share of failed requests is tolerated. */
  static final double TOLERATED_SHARE = 0.01;

  /** A candidate with so many requests beside a stable version with none is judged on its own. */
  private static final int SURELY_ALONE = 100;

  private static final double BREAKDOWN_WEIGHT = 0.1;

  private final HarmUnit unit;
  private final double[] logWealth;
  private long candidateRequests;
  private long candidateHarms;
  private long stableRequests;
  private long stableHarms;
  private long candidateKeys;
  private long stableKeys;
  private Breakdown breakdown = Breakdown.NONE;

  private HarmTest(HarmUnit unit, double[] logWealth) {
    this.unit = unit;
    this.logWealth = logWealth;
  }

  static HarmTest start(HarmUnit unit) {
    return new HarmTest(unit, new double[RATIOS.length]);
  }

  static HarmTest resume(HarmUnit unit, CanaryEvidence before) {
    HarmTest test = start(unit);
    for (int i = 0; i < Math.min(RATIOS.length, before.logWealth().size()); i++) {
      test.logWealth[i] = before.logWealth().get(i);
    }
    test.candidateRequests = before.candidateRequests();
    test.candidateHarms = before.candidateHarms();
    test.stableRequests = before.stableRequests();
    test.stableHarms = before.stableHarms();
    KeyEvidence keys = before.keys();
    if (keys != null) {
      test.candidateKeys = keys.candidateFailed();
      test.stableKeys = keys.stableFailed();
      test.breakdown = new Breakdown(keys.looks(), keys.breakdownLogWealth());
    }
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
    long keys = failedKeys(now.candidate()) - failedKeys(candidateBefore);
    long othersKeys = failedKeys(now.stable()) - failedKeys(stableBefore);
    candidateRequests += requests;
    candidateHarms += harms;
    stableRequests += others;
    stableHarms += stable;
    candidateKeys += keys;
    stableKeys += othersKeys;
    if (alone) {
      alone(harms, requests);
    } else if (byKey(now)) {
      compare(
          shareOfKeys(now, failedKeys(candidateBefore), failedKeys(stableBefore)),
          keys,
          othersKeys);
      breakdown = breakdown.add(requests, harms, others, stable);
    } else {
      compare((double) requests / (requests + others), harms, stable);
    }
    return true;
  }

  /** A target that counts no keys is judged by requests. */
  boolean byKey(CanaryCounts now) {
    return unit == HarmUnit.KEY && now.candidate().byKey() != null && now.stable().byKey() != null;
  }

  /**
   * The candidate's share of the keys that could fail for the first time. Beyond the keys that a
   * gateway counts it is the manifest's.
   */
  private static double shareOfKeys(CanaryCounts now, long candidatesFailed, long othersFailed) {
    long candidates = atRisk(now.candidate()) - candidatesFailed;
    long others = atRisk(now.stable()) - othersFailed;
    return candidates > 0 && others > 0
        ? (double) candidates / (candidates + others)
        : now.candidatePercent() / 100.0;
  }

  private void compare(double share, long candidate, long stable) {
    for (int i = 0; i < logWealth.length; i++) {
      logWealth[i] += Mixture.logRatio(RATIOS[i], share, candidate, stable);
    }
  }

  private void alone(long harms, long requests) {
    for (int i = 0; i < logWealth.length; i++) {
      logWealth[i] +=
          harms * Math.log(SHARES[i] / TOLERATED_SHARE)
              + (requests - harms) * Math.log((1 - SHARES[i]) / (1 - TOLERATED_SHARE));
    }
  }

  double eValue() {
    double compared = Mixture.mean(logWealth);
    return breakdown.looks() == 0
        ? compared
        : (1 - BREAKDOWN_WEIGHT) * compared + BREAKDOWN_WEIGHT * breakdown.eValue();
  }

  CanaryEvidence evidence(CanaryCounts judged, @Nullable List<CanaryCounts> gateways) {
    List<Double> wealth = Arrays.stream(logWealth).boxed().toList();
    return new CanaryEvidence(
        judged,
        candidateRequests,
        candidateHarms,
        stableRequests,
        stableHarms,
        wealth,
        new KeyEvidence(candidateKeys, stableKeys, breakdown.looks(), breakdown.logWealth()),
        gateways);
  }

  private static long harms(ArmCounts counts) {
    return counts.errors() + counts.invalid();
  }

  private static long atRisk(ArmCounts counts) {
    KeyCounts keys = counts.byKey();
    return keys == null ? 0 : keys.atRisk();
  }

  private static long failedKeys(ArmCounts counts) {
    KeyCounts keys = counts.byKey();
    return keys == null ? 0 : keys.firstFailures();
  }
}
