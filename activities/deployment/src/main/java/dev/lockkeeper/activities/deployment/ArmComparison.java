package dev.lockkeeper.activities.deployment;

import dev.lockkeeper.contracts.deployment.MarginFinding;
import dev.lockkeeper.formats.deployment.CanaryCounts;
import dev.lockkeeper.formats.deployment.KeyCounts;
import dev.lockkeeper.formats.deployment.TrafficShare;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the counts under one manifest say beside harm.
 *
 * @param sampleRatio the e-value of a wrong split; null if it is not tested
 * @param increaseAtMost upper bound of the increase of the share of failures; null if there is
 *     nothing to compare with
 * @param split the split that was found and the one that was asked for, for people
 */
record ArmComparison(@Nullable Double sampleRatio, @Nullable Double increaseAtMost, String split) {

  private static final int ALL = 100;

  static ArmComparison of(CanaryCounts now, boolean byKey, double alpha) {
    double percent = now.candidatePercent();
    if (percent <= 0 || percent >= ALL) {
      return new ArmComparison(null, null, "");
    }
    double increase = Increase.atMost(now.candidate(), now.stable(), byKey, alpha);
    KeyCounts candidate = now.candidate().byKey();
    KeyCounts stable = now.stable().byKey();
    if (candidate == null || stable == null) {
      return new ArmComparison(null, increase, "");
    }
    long keys = candidate.keys() + stable.keys();
    return new ArmComparison(
        SampleRatio.eValue(percent / ALL, candidate.keys(), stable.keys()),
        increase,
        String.format(
            Locale.ROOT,
            "%.2f %% of %d keys, not %s %%",
            keys == 0 ? 0.0 : ALL * (double) candidate.keys() / keys,
            keys,
            TrafficShare.text(percent)));
  }

  @Nullable MarginFinding finding(@Nullable Double margin) {
    return margin == null || increaseAtMost == null
        ? null
        : new MarginFinding(increaseAtMost, margin);
  }

  String text() {
    String text =
        increaseAtMost == null
            ? ""
            : String.format(
                Locale.ROOT, "; at most %.2f %% more than stable", ALL * increaseAtMost);
    return sampleRatio == null || sampleRatio < SampleRatio.WRONG
        ? text
        : text + "; the candidate has " + split + ": the split is wrong";
  }
}
