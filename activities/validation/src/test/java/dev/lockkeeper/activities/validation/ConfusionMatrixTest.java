package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.validation.Metric;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfusionMatrixTest {

  private static final int ROWS = 300;
  private static final int DRAWS = 5_000;

  /** A model that finds three tenths of the positives, which are a tenth of the rows. */
  private static final double[] CELLS = {0.03, 0.01, 0.07};

  private static Interval interval(ConfusionMatrix outcomes, Metric metric) {
    Interval interval = outcomes.interval(metric, DesignEffect.NONE, 0.95);
    assertNotNull(interval);
    return interval;
  }

  private static ConfusionMatrix draw(SplittableRandom random) {
    int[] counts = new int[4];
    for (int row = 0; row < ROWS; row++) {
      double place = random.nextDouble();
      int cell = 0;
      while (cell < 3 && place >= CELLS[cell]) {
        place -= CELLS[cell++];
      }
      counts[cell]++;
    }
    return new ConfusionMatrix(counts[0], counts[1], counts[2], counts[3]);
  }

  @ParameterizedTest
  @CsvSource({"ACCURACY, 0.92", "PRECISION, 0.75", "RECALL, 0.3", "F1, 0.42857142857142855"})
  void interval_ofFewPredictedPositivesContainsTheTrueValue(Metric metric, double truth) {
    SplittableRandom random = new SplittableRandom(7);
    int held = 0;
    for (int i = 0; i < DRAWS; i++) {
      held += interval(draw(random), metric).holds(truth) ? 1 : 0;
    }
    assertEquals(0.95, held / (double) DRAWS, 0.02);
  }

  /** Newcombe 1998, Statistics in Medicine 17, table I, method 3. */
  @ParameterizedTest
  @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0, 0.1611"})
  void interval_isWilsons(int part, int whole, double low, double high) {
    Interval recall = interval(new ConfusionMatrix(part, 0, whole - part, 0), Metric.RECALL);
    assertEquals(low, recall.low(), 5e-5);
    assertEquals(high, recall.high(), 5e-5);
  }

  @Test
  void interval_ofAShareOfNothingIsEverything() {
    assertEquals(new Interval(0, 1), interval(new ConfusionMatrix(0, 0, 5, 5), Metric.PRECISION));
  }

  @Test
  void interval_ofAnAreaOrALossIsNotOfCounts() {
    for (Metric metric : new Metric[] {Metric.AUC, Metric.LOG_LOSS, Metric.BRIER}) {
      assertNull(new ConfusionMatrix(1, 1, 1, 1).interval(metric, DesignEffect.NONE, 0.95));
    }
  }

  @Test
  void interval_containsTheValueThatIsReported() {
    GeneratedScores scores = GeneratedScores.rows(500, 0.8);
    ScoredRows rows = new ScoredRows(scores.better(), scores.labels(), 0.5);
    for (PairedBootstrap.Estimate estimate :
        new PairedBootstrap(200, 0.95, 1).estimate(rows, null, RowUnits.eachRow(500))) {
      assertTrue(estimate.interval().holds(estimate.value()), estimate.toString());
    }
  }
}
