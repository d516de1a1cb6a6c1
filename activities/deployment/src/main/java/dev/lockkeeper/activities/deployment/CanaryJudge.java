package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.CanaryEvidence;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.HarmUnit;
import dev.lockkeeper.stage.StageException;
import java.util.Locale;
import java.util.Optional;

/** Looks at the gateway's counts and adds them to the evidence. */
record CanaryJudge(DeploymentTarget gateway) {

  private static final ArmCounts NONE = new ArmCounts(0, 0, 0);

  CanaryLook look(JudgeCanaryInput input) {
    HarmUnit unit = input.unit() == null ? HarmUnit.KEY : input.unit();
    HarmTest test = HarmTest.start(unit);
    CanaryEvidence before = input.before();
    CanaryCounts now = require(gateway.counts(input.endpoint(), null), input.endpoint());
    if (before != null) {
      test = HarmTest.resume(unit, before);
      CanaryCounts judged = before.judged();
      if (judged.sequence() != now.sequence()) {
        Optional<CanaryCounts> rest = gateway.counts(input.endpoint(), judged.sequence());
        if (rest.isPresent() && rest.get().instance().equals(judged.instance())) {
          test.add(rest.get(), judged.stable(), judged.candidate());
        }
      }
    }
    CanaryCounts since =
        before != null && continues(before.judged(), now) ? before.judged() : unjudged(now);
    boolean added = test.add(now, since.stable(), since.candidate());
    ArmComparison comparison = ArmComparison.of(now, test.byKey(now), input.alpha());
    return look(input, test.evidence(added ? now : since), now, test.eValue(), comparison);
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

  private static boolean continues(CanaryCounts judged, CanaryCounts now) {
    return judged.sequence() == now.sequence() && judged.instance().equals(now.instance());
  }

  private static CanaryCounts unjudged(CanaryCounts now) {
    return new CanaryCounts(
        now.endpoint(), now.instance(), now.sequence(), now.candidatePercent(), NONE, NONE);
  }

  private static CanaryCounts require(Optional<CanaryCounts> counts, String endpoint) {
    return counts.orElseThrow(
        () ->
            new StageException(
                FailureType.GATEWAY_UNAVAILABLE,
                "the gateway serves no endpoint '" + endpoint + "' at the moment"));
  }

  private static String message(
      CanaryEvidence e, CanaryCounts now, double eValue, double alpha, boolean harm) {
    return String.format(
        Locale.ROOT,
        "%s at %d %%: candidate %d of %d requests failed or were invalid (%.2f %%), stable %d of %d (%.2f %%);"
            + " first failures of %d keys and of %d; e-value %.3g, harm is shown at %.3g",
        harm ? "harm shown" : "no harm shown",
        now.candidatePercent(),
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
