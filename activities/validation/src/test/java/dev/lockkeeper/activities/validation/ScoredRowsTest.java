package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.validation.Metric;
import org.junit.jupiter.api.Test;

class ScoredRowsTest {

  private static final double[] PROBABILITIES = {0.1, 0.4, 0.35, 0.8, 0.5};
  private static final boolean[] LABELS = {false, false, true, true, true};

  private static double value(double[] metrics, Metric metric) {
    return metrics[metric.ordinal()];
  }

  @Test
  void metrics_fiveRowsComputedByHand() {
    double[] metrics = new ScoredRows(PROBABILITIES, LABELS, 0.5).metrics();

    assertEquals(5.0 / 6, value(metrics, Metric.AUC), 1e-12);
    double losses =
        -(Math.log(0.9) + Math.log(0.6) + Math.log(0.35) + Math.log(0.8) + Math.log(0.5));
    assertEquals(losses / 5, value(metrics, Metric.LOG_LOSS), 1e-12);
    double squares = 0.01 + 0.16 + 0.65 * 0.65 + 0.04 + 0.25;
    assertEquals(squares / 5, value(metrics, Metric.BRIER), 1e-12);
    assertEquals(0.8, value(metrics, Metric.ACCURACY), 1e-12);
    assertEquals(1.0, value(metrics, Metric.PRECISION), 1e-12);
    assertEquals(2.0 / 3, value(metrics, Metric.RECALL), 1e-12);
    assertEquals(0.8, value(metrics, Metric.F1), 1e-12);
  }

  @Test
  void auc_tiesCountAsOneHalf() {
    double[] metrics =
        new ScoredRows(
                new double[] {0.5, 0.5, 0.5, 0.9}, new boolean[] {true, false, false, true}, 0.5)
            .metrics();

    assertEquals((2 * 0.5 + 2) / 4, value(metrics, Metric.AUC), 1e-12);
  }

  @Test
  void auc_absentLabelIsNotANumber() {
    double[] metrics =
        new ScoredRows(new double[] {0.5, 0.9}, new boolean[] {true, true}, 0.5).metrics();

    assertTrue(Double.isNaN(value(metrics, Metric.AUC)));
  }

  @Test
  void precision_withoutPositivePredictionsIsZero() {
    double[] metrics =
        new ScoredRows(new double[] {0.1, 0.2}, new boolean[] {true, false}, 0.5).metrics();

    assertEquals(0, value(metrics, Metric.PRECISION));
    assertEquals(0, value(metrics, Metric.F1));
  }
}
