package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.CanaryEvidence;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.formats.deployment.TrafficShare;
import java.util.List;
import java.util.Locale;

/** Looks at the gateways' counts and adds them to the evidence. */
record CanaryJudge(Gateways gateways) {

  CanaryLook look(JudgeCanaryInput input) {
    HarmUnit unit = input.unit() == null ? HarmUnit.KEY : input.unit();
    HarmTest test = HarmTest.start(unit);
    CanaryEvidence evidence = input.before();
    FleetCounts before = evidence == null ? null : judged(evidence);
    FleetCounts now = FleetCounts.inForce(gateways, input.endpoint());
    if (evidence != null && before != null) {
      test = HarmTest.resume(unit, evidence);
      if (before.sequence() != now.sequence()) {
        addRest(test, before, input.endpoint());
      }
    }
    FleetCounts since = now.judged(before);
    CanaryCounts all = now.sum();
    boolean added = test.add(all, since.sum().stable(), since.sum().candidate());
    ArmComparison comparison = ArmComparison.of(all, test.byKey(all), input.alpha());
    return look(input, evidence(test, added ? now : since), all, test.eValue(), comparison);
  }

  /** What came under the manifest before, after the last look at it. */
  private void addRest(HarmTest test, FleetCounts before, String endpoint) {
    List<CanaryCounts> rest =
        new FleetCounts(gateways.counts(endpoint, before.sequence())).continued(before);
    if (!rest.isEmpty()) {
      FleetCounts counted = new FleetCounts(rest);
      CanaryCounts since = counted.judged(before).sum();
      test.add(counted.sum(), since.stable(), since.candidate());
    }
  }

  private static FleetCounts judged(CanaryEvidence evidence) {
    List<CanaryCounts> each = evidence.gateways();
    return new FleetCounts(each == null ? List.of(evidence.judged()) : each);
  }

  private static CanaryEvidence evidence(HarmTest test, FleetCounts judged) {
    return test.evidence(judged.sum(), judged.each().size() == 1 ? null : judged.each());
  }

  private static CanaryLook look(
      JudgeCanaryInput input,
      CanaryEvidence evidence,
      CanaryCounts now,
      double eValue,
      ArmComparison comparison) {
    boolean harm = eValue >= 1 / input.alpha();
    return new CanaryLook(
        evidence,
        now.candidate().requests(),
        eValue,
        harm,
        message(evidence, now, eValue, input.alpha(), harm) + comparison.text(),
        comparison.sampleRatio(),
        comparison.finding(input.margin()));
  }

  private static String message(
      CanaryEvidence e, CanaryCounts now, double eValue, double alpha, boolean harm) {
    return String.format(
        Locale.ROOT,
        "%s at %s %%: candidate %d of %d requests failed or were invalid (%.2f %%), stable %d of %d (%.2f %%);"
            + " first failures of %d keys and of %d; e-value %.3g, harm is shown at %.3g",
        harm ? "harm shown" : "no harm shown",
        TrafficShare.text(now.candidatePercent()),
        e.candidateHarms(),
        e.candidateRequests(),
        percent(e.candidateHarms(), e.candidateRequests()),
        e.stableHarms(),
        e.stableRequests(),
        percent(e.stableHarms(), e.stableRequests()),
        e.keys() == null ? 0 : e.keys().candidateFailed(),
        e.keys() == null ? 0 : e.keys().stableFailed(),
        eValue,
        1 / alpha);
  }

  private static double percent(long part, long all) {
    return all == 0 ? 0 : 100.0 * part / all;
  }
}
