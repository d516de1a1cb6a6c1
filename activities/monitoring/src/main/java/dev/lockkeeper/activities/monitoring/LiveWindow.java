package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import java.time.Instant;
import java.util.List;

/** The predictions of one package since the cursor, counted over its baseline's bins. */
final class LiveWindow {

  private final String packageRoot;
  private final List<WindowHistogram> histograms;
  private long rows;
  private int misshapen;
  private Instant from = Instant.MAX;
  private Instant to = Instant.MIN;

  LiveWindow(String packageRoot, MonitoringBaseline baseline) {
    this.packageRoot = packageRoot;
    this.histograms = baseline.histograms().stream().map(WindowHistogram::new).toList();
  }

  /**
   * Counts a record if the watched package answered it, and not in place of a candidate that could
   * not: such rows are those that the candidate failed on, and no sample of the traffic.
   */
  void add(InferenceRecord record) {
    if (!packageRoot.equals(record.packageRoot()) || record.fellBack()) {
      return;
    }
    int features = histograms.size() - 1;
    if (record.features() == null
        || record.time() == null
        || record.features().size() != features) {
      misshapen++;
      return;
    }
    for (int i = 0; i < features; i++) {
      histograms.get(i).add(record.features().get(i), record.requestId());
    }
    histograms.get(features).add(record.prediction(), record.requestId());
    rows++;
    from = record.time().isBefore(from) ? record.time() : from;
    to = record.time().isAfter(to) ? record.time() : to;
  }

  long rows() {
    return rows;
  }

  /** Records of the package that do not have its features. */
  int misshapen() {
    return misshapen;
  }

  Instant from() {
    return from;
  }

  Instant to() {
    return to;
  }

  /** The histograms but those of some subjects. */
  List<WindowHistogram> histogramsWithout(List<String> subjects) {
    return histograms.stream().filter(each -> !subjects.contains(each.name())).toList();
  }
}
