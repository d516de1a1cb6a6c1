package dev.lockkeeper.testing.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.activities.monitoring.DriftCheck;
import dev.lockkeeper.activities.monitoring.DriftWindow;
import dev.lockkeeper.activities.monitoring.WindowHistogram;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline.Histogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What any {@link DriftCheck} must do that looks at the shares of the bins. An implementation's
 * test extends it and says which check it is about.
 */
public abstract class DriftCheckContract {

  private static final double THRESHOLD = 0.25;
  private static final int BINS = 10;
  private static final int ROWS = 1000;

  /** The check. */
  protected abstract DriftCheck check();

  @Test
  void windowLikeItsBaseline_raisesNothing() {
    assertEquals(List.of(), check().check(window(even("miles"), even("prediction"))));
  }

  @Test
  void subjectThatLeftItsBaseline_isReportedAlone() {
    List<DriftAlert> alerts = check().check(window(even("miles"), moved("prediction", 1)));

    assertEquals(List.of("prediction"), alerts.stream().map(DriftAlert::subject).toList());
    DriftAlert alert = alerts.get(0);
    assertEquals(check().name(), alert.statistic());
    assertEquals(ROWS, alert.rows());
    assertTrue(alert.value() >= alert.threshold(), alert.toString());
    assertFalse(alert.message().isBlank());
  }

  @Test
  void valuesThatWentMissing_areReported() {
    WindowHistogram missing =
        WindowHistogram.of(reference("miles"), Collections.nCopies(ROWS, Double.NaN));

    List<DriftAlert> alerts = check().check(window(missing, even("prediction")));

    assertEquals(List.of("miles"), alerts.stream().map(DriftAlert::subject).toList());
  }

  @Test
  void largestAlert_isFirst() {
    List<DriftAlert> alerts = check().check(window(moved("miles", 0.6), moved("prediction", 1)));

    assertEquals(List.of("prediction", "miles"), alerts.stream().map(DriftAlert::subject).toList());
    assertTrue(alerts.get(0).value() > alerts.get(1).value(), alerts.toString());
  }

  @Test
  void equalWindows_giveEqualAlerts() {
    assertEquals(
        check().check(window(moved("miles", 0.6), moved("prediction", 1))),
        check().check(window(moved("miles", 0.6), moved("prediction", 1))));
  }

  private static DriftWindow window(WindowHistogram... subjects) {
    return new DriftWindow(ROWS, THRESHOLD, List.of(subjects));
  }

  /** The same share in each bin as the baseline. */
  private static WindowHistogram even(String name) {
    return moved(name, 0);
  }

  /** A share of the rows is in the first bin, the rest is spread as in the baseline. */
  private static WindowHistogram moved(String name, double share) {
    List<Double> values = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      values.add(row < share * ROWS ? 0.5 : row % BINS + 0.5);
    }
    return WindowHistogram.of(reference(name), values);
  }

  private static Histogram reference(String name) {
    return new Histogram(
        name,
        IntStream.range(1, BINS).mapToObj(edge -> (double) edge).toList(),
        Collections.nCopies(BINS, 500L),
        0);
  }
}
