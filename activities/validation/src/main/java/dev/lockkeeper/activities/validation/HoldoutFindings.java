package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.features.AppliedSplit;
import dev.lockkeeper.formats.validation.ValidationSpecification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader of the metrics has to know of the hold-out, a line each. */
final class HoldoutFindings {

  /** Fewer copies than this share of the hold-out are not worth a line. */
  private static final double WORTH_A_LINE = 0.01;

  private HoldoutFindings() {}

  /**
   * The findings.
   *
   * @param asked the gates
   * @param split this run's split; null if its features statement does not say
   * @param comparison with the stable version; null for a first release
   * @param stableSplit the stable version's split; null if it is not known
   */
  static List<String> of(
      ValidationSpecification asked,
      HoldoutTable table,
      @Nullable AppliedSplit split,
      @Nullable Comparison comparison,
      @Nullable AppliedSplit stableSplit) {
    List<String> findings = new ArrayList<>();
    if (!table.units().isEachRow()) {
      findings.add(
          Markup.format(
              "the %,d hold-out rows are of %,d %s, and every interval counts those",
              table.rows(),
              table.units().count(),
              split == null || split.split().key() == null
                  ? "different contents"
                  : "values of '" + split.split().key() + "'"));
    }
    if (split != null) {
      copies(findings, split, table.rows());
    }
    if (!asked.unwatched().isEmpty()) {
      findings.add(
          "the contract marks "
              + String.join(", ", asked.unwatched())
              + " as protected, and no fairness gate compares its groups");
    }
    if (comparison != null) {
      compared(findings, comparison, stableSplit);
    }
    return findings;
  }

  private static void copies(List<String> findings, AppliedSplit split, int rows) {
    String but =
        split.identities().isEmpty() ? "" : " but " + String.join(", ", split.identities());
    if (split.keylessRows() > 0) {
      findings.add(
          split.split().time() == null
              ? Markup.format(
                  "%,d rows have no value of the split's key and were split by their content",
                  split.keylessRows())
              : Markup.format("%,d rows have no time and are trained on", split.keylessRows()));
    }
    if (split.repeatedRows() >= WORTH_A_LINE * rows) {
      findings.add(
          Markup.format(
              "%,d of %,d hold-out rows (%s) repeat another one in every column%s: they say as much"
                  + " as %,d rows",
              split.repeatedRows(),
              rows,
              Markup.percent((double) split.repeatedRows() / rows),
              but,
              rows - split.repeatedRows()));
    }
    if (split.straddlingRows() >= WORTH_A_LINE * rows) {
      findings.add(
          Markup.format(
              "%,d of %,d hold-out rows (%s) repeat a training row in every column%s, so the metrics"
                  + " may be too good: name what copies have in common as split.key",
              split.straddlingRows(),
              rows,
              Markup.percent((double) split.straddlingRows() / rows),
              but));
    }
  }

  private static void compared(
      List<String> findings, Comparison comparison, @Nullable AppliedSplit stableSplit) {
    int trained = comparison.holdoutRows() - comparison.rows();
    if (stableSplit == null) {
      findings.add(
          Markup.format(
              "stable %s may have been trained on hold-out rows: its features statement does not say"
                  + " how it split",
              comparison.stableVersion()));
    } else if (trained > 0) {
      findings.add(
          Markup.format(
              "stable %s may have been trained on %,d of the %,d hold-out rows, since it was split in"
                  + " another way: both are compared on the other %,d",
              comparison.stableVersion(), trained, comparison.holdoutRows(), comparison.rows()));
    }
  }
}
