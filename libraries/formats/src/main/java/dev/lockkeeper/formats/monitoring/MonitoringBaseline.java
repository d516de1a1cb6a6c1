package dev.lockkeeper.formats.monitoring;

import java.util.List;

/**
 * The signed monitoring baseline ({@code baseline.json}): histograms of the hold-out, one for each
 * feature in model order and one named {@code prediction}.
 *
 * @param rows hold-out rows
 * @param histograms the histograms
 */
public record MonitoringBaseline(long rows, List<Histogram> histograms) {

  /**
   * A histogram over reference quantiles with open ends.
   *
   * @param name the feature, or {@code prediction}
   * @param edges rising inner edges e1 … ek: bins are (-inf, e1], (e1, e2], …, (ek, inf)
   * @param counts rows in each of the k + 1 bins
   * @param missing rows without a value
   */
  public record Histogram(String name, List<Double> edges, List<Long> counts, long missing) {}
}
