package dev.lockkeeper.activities.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.validation.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  private static final GeneratedScores SCORES = GeneratedScores.rows(3000, 0.8);
  private static final double NORMAL_QUANTILE_95 = 1.959963984540054;

  private static PairedBootstrap.Estimate auc(GeneratedScores scores) {
    return new PairedBootstrap(1000, 0.95, 11)
        .estimate(
            new ScoredRows(scores.better(), scores.labels(), 0.5),
            new ScoredRows(scores.worse(), scores.labels(), 0.5),
            RowUnits.eachRow(scores.labels().length))
        .get(Metric.AUC.ordinal());
  }

  /** DeLong, DeLong and Clarke-Pearson 1988: placement values of positives and negatives. */
  private static double deLongVariance(boolean[] labels, double[] first, double[] second) {
    double[] placements = new double[labels.length];
    int positives = 0;
    for (int i = 0; i < labels.length; i++) {
      positives += labels[i] ? 1 : 0;
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] != labels[j]) {
          placements[i] += labels[i] ? above(first, second, i, j) : above(first, second, j, i);
        }
      }
    }
    int negatives = labels.length - positives;
    return variance(placements, labels, true, negatives) / positives
        + variance(placements, labels, false, positives) / negatives;
  }

  private static double above(double[] first, double[] second, int positive, int negative) {
    return (Math.signum(first[positive] - first[negative])
            - Math.signum(second[positive] - second[negative]))
        / 2;
  }

  private static double variance(double[] sums, boolean[] labels, boolean label, int others) {
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int i = 0; i < sums.length; i++) {
      if (labels[i] == label) {
        sum += sums[i] / others;
        squares += sums[i] / others * sums[i] / others;
        n++;
      }
    }
    return (squares - sum * sum / n) / (n - 1);
  }

  @Test
  void gainInterval_agreesWithDeLong() {
    PairedBootstrap.Estimate auc = auc(SCORES);
    double half =
        NORMAL_QUANTILE_95
            * Math.sqrt(deLongVariance(SCORES.labels(), SCORES.better(), SCORES.worse()));

    assertNotNull(auc.gain());
    assertNotNull(auc.gainInterval());
    assertEquals(auc.gain() - half, auc.gainInterval().low(), 0.05 * half);
    assertEquals(auc.gain() + half, auc.gainInterval().high(), 0.05 * half);
  }

  @Test
  void estimate_sameSeedGivesTheSameIntervals() {
    assertEquals(auc(SCORES), auc(SCORES));
  }

  @Test
  void gain_ofALowerLossIsPositive() {
    PairedBootstrap.Estimate loss =
        new PairedBootstrap(200, 0.95, 1)
            .estimate(
                new ScoredRows(SCORES.better(), SCORES.labels(), 0.5),
                new ScoredRows(SCORES.worse(), SCORES.labels(), 0.5),
                RowUnits.eachRow(3000))
            .get(Metric.LOG_LOSS.ordinal());

    assertNotNull(loss.gain());
    assertTrue(loss.gain() > 0, "the noisy model has the larger loss");
  }

  @Test
  void estimate_withoutStableModelHasNoGain() {
    List<PairedBootstrap.Estimate> estimates =
        new PairedBootstrap(50, 0.95, 1)
            .estimate(
                new ScoredRows(SCORES.better(), SCORES.labels(), 0.5),
                null,
                RowUnits.eachRow(3000));

    assertTrue(estimates.stream().allMatch(e -> e.gain() == null && e.baseline() == null));
  }
}
