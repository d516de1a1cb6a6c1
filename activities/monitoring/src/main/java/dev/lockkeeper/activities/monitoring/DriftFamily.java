package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.WindowReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * All subjects of one window, tested at once. A subject is reported if its p-value, adjusted over
 * the family, is at most 1 %, and it moved by an amount that matters: its index reaches the
 * pipeline's threshold, or its values or a share moved by a {@link DriftEffect}.
 *
 * @param subjects every subject, in model order
 * @param alerts what is reported, largest first
 */
record DriftFamily(List<WindowReport.Subject> subjects, List<DriftAlert> alerts) {

  static DriftFamily test(DriftWindow window) {
    List<WindowHistogram> histograms = window.subjects();
    double threshold = window.threshold();
    List<StabilityIndex> indices = histograms.stream().map(WindowHistogram::compare).toList();
    double[] adjusted =
        FalseDiscovery.adjust(indices.stream().mapToDouble(StabilityIndex::pValue).toArray());
    List<WindowReport.Subject> subjects = new ArrayList<>();
    List<DriftAlert> alerts = new ArrayList<>();
    for (int i = 0; i < histograms.size(); i++) {
      WindowHistogram histogram = histograms.get(i);
      StabilityIndex index = indices.get(i);
      subjects.add(
          new WindowReport.Subject(
              histogram.name(),
              index.value(),
              index.critical(),
              index.pValue(),
              adjusted[i],
              index.bins(),
              list(histogram.referenceCounts()),
              list(histogram.counts())));
      DriftEffect effect = histogram.effect(index);
      if (adjusted[i] <= StabilityIndex.SIGNIFICANCE) {
        if (index.value() >= threshold) {
          alerts.add(alert(histogram, index, threshold, window.rows()));
        } else if (effect.isReported()) {
          alerts.add(alert(histogram, effect, window.rows()));
        }
      }
    }
    alerts.sort(
        Comparator.comparingDouble(
                (DriftAlert alert) -> Math.abs(alert.value()) / alert.threshold())
            .reversed());
    return new DriftFamily(subjects, alerts);
  }

  private static DriftAlert alert(
      WindowHistogram histogram, StabilityIndex index, double threshold, long rows) {
    String message =
        String.format(
            Locale.ROOT,
            "%s moved: PSI %.3f (threshold %.3f, critical %.3f) over %d predictions; share of"
                + " values %s %.1f %% → %.1f %%",
            histogram.name(),
            index.value(),
            threshold,
            index.critical(),
            rows,
            histogram.describe(index.moved()),
            percent(histogram.referenceCounts(), index.moved()),
            percent(histogram.counts(), index.moved()));
    return new DriftAlert(
        histogram.name(),
        PopulationStability.NAME,
        index.value(),
        index.critical(),
        threshold,
        rows,
        message);
  }

  private static DriftAlert alert(WindowHistogram histogram, DriftEffect effect, long rows) {
    boolean isShift = effect.statistic().equals(DriftEffect.SHIFT);
    String message =
        String.format(
            Locale.ROOT,
            "%s moved: %s by %+.3f %s (threshold %.3f, critical %.3f) over %d predictions; share of"
                + " values %s %.1f %% → %.1f %%",
            histogram.name(),
            isShift ? "its values" : "a share",
            effect.value(),
            isShift ? "standard deviations" : "in Cohen's h",
            effect.threshold(),
            effect.critical(),
            rows,
            histogram.describe(effect.bin()),
            percent(histogram.referenceCounts(), effect.bin()),
            percent(histogram.counts(), effect.bin()));
    return new DriftAlert(
        histogram.name(),
        effect.statistic(),
        effect.value(),
        effect.critical(),
        effect.threshold(),
        rows,
        message);
  }

  private static List<Long> list(long[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }

  private static double percent(long[] counts, int bin) {
    return 100.0 * counts[bin] / Arrays.stream(counts).sum();
  }
}
