package example.extensions;

import dev.lockkeeper.activities.monitoring.DriftCheck;
import dev.lockkeeper.activities.monitoring.DriftWindow;
import dev.lockkeeper.activities.monitoring.WindowHistogram;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Reports a subject of which one bin's share moved by more than 0.4. */
public final class LargestMove implements DriftCheck {

  private static final double LIMIT = 0.4;

  @Override
  public String name() {
    return "largest-move";
  }

  @Override
  public List<DriftAlert> check(DriftWindow window) {
    List<DriftAlert> alerts = new ArrayList<>();
    for (WindowHistogram subject : window.subjects()) {
      double moved = largest(subject.referenceCounts(), subject.counts());
      if (moved > LIMIT) {
        alerts.add(
            new DriftAlert(
                subject.name(),
                name(),
                moved,
                LIMIT,
                LIMIT,
                window.rows(),
                subject.name() + ": the share of one bin moved by " + moved));
      }
    }
    alerts.sort(Comparator.comparingDouble(DriftAlert::value).reversed());
    return alerts;
  }

  private static double largest(long[] reference, long[] window) {
    double n = Arrays.stream(reference).sum();
    double m = Arrays.stream(window).sum();
    double largest = 0;
    for (int bin = 0; bin < reference.length; bin++) {
      largest = Math.max(largest, Math.abs(reference[bin] / n - window[bin] / m));
    }
    return largest;
  }
}
