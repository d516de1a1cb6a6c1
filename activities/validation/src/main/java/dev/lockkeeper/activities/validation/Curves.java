package dev.lockkeeper.activities.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The curves of one model on the hold-out, small enough to draw.
 *
 * @param roc points of the ROC curve from (0, 0) to (1, 1)
 * @param precisionRecall points of the precision-recall curve by falling cut; empty in a report of
 *     before it was kept
 * @param calibration deciles of the prediction
 * @param negatives rows with a false label by prediction, in twenty bins of equal width
 * @param positives rows with a true label by prediction, in twenty bins of equal width
 */
record Curves(
    List<RocPoint> roc,
    List<PrecisionPoint> precisionRecall,
    List<CalibrationBin> calibration,
    List<Integer> negatives,
    List<Integer> positives) {

  static final int SCORE_BINS = 20;
  private static final int CALIBRATION_BINS = 10;
  private static final int ROC_POINTS = 160;
  private static final double NORMAL_QUANTILE_95 = 1.959963984540054;

  /**
   * A point of the ROC curve.
   *
   * @param falsePositiveRate share of negatives at or above the cut
   * @param truePositiveRate share of positives at or above the cut
   */
  record RocPoint(double falsePositiveRate, double truePositiveRate) {}

  /**
   * A point of the precision-recall curve.
   *
   * @param recall share of positives at or above the cut
   * @param precision share of positives among the rows at or above the cut
   */
  record PrecisionPoint(double recall, double precision) {}

  /**
   * A tenth of the rows, by prediction.
   *
   * @param predicted mean prediction
   * @param observed share of true labels
   * @param low lower end of the 95 % Wilson interval of {@code observed}
   * @param high upper end of the 95 % Wilson interval of {@code observed}
   * @param rows rows
   */
  record CalibrationBin(double predicted, double observed, double low, double high, int rows) {}

  static Curves of(double[] probabilities, boolean[] labels) {
    int[] falling =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> -probabilities[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] negatives = new int[SCORE_BINS];
    int[] positives = new int[SCORE_BINS];
    for (int row = 0; row < labels.length; row++) {
      int bin = Math.min(SCORE_BINS - 1, (int) (probabilities[row] * SCORE_BINS));
      (labels[row] ? positives : negatives)[bin]++;
    }
    return new Curves(
        roc(falling, probabilities, labels),
        precisionRecall(falling, probabilities, labels),
        calibration(falling, probabilities, labels),
        IntStream.of(negatives).boxed().toList(),
        IntStream.of(positives).boxed().toList());
  }

  private static List<RocPoint> roc(int[] falling, double[] probabilities, boolean[] labels) {
    double positives = IntStream.range(0, labels.length).filter(row -> labels[row]).count();
    double negatives = labels.length - positives;
    List<RocPoint> points = new ArrayList<>(List.of(new RocPoint(0, 0)));
    int truePositives = 0;
    int falsePositives = 0;
    double drawnAt = 0;
    for (int i = 0; i < falling.length; i++) {
      if (labels[falling[i]]) {
        truePositives++;
      } else {
        falsePositives++;
      }
      boolean last = i == falling.length - 1;
      boolean tied = !last && probabilities[falling[i]] == probabilities[falling[i + 1]];
      double along = falsePositives / negatives + truePositives / positives;
      if (last || (!tied && along - drawnAt >= 2.0 / ROC_POINTS)) {
        points.add(new RocPoint(falsePositives / negatives, truePositives / positives));
        drawnAt = along;
      }
    }
    return points;
  }

  private static List<PrecisionPoint> precisionRecall(
      int[] falling, double[] probabilities, boolean[] labels) {
    double positives = IntStream.range(0, labels.length).filter(row -> labels[row]).count();
    List<PrecisionPoint> points = new ArrayList<>();
    int found = 0;
    double drawnAt = 0;
    for (int i = 0; i < falling.length; i++) {
      found += labels[falling[i]] ? 1 : 0;
      boolean last = i == falling.length - 1;
      boolean tied = !last && probabilities[falling[i]] == probabilities[falling[i + 1]];
      double recall = found / positives;
      if (last || (!tied && (points.isEmpty() || recall - drawnAt >= 1.0 / ROC_POINTS))) {
        points.add(new PrecisionPoint(recall, found / (i + 1.0)));
        drawnAt = recall;
      }
    }
    return points;
  }

  private static List<CalibrationBin> calibration(
      int[] falling, double[] probabilities, boolean[] labels) {
    List<CalibrationBin> bins = new ArrayList<>();
    int rows = falling.length;
    for (int b = CALIBRATION_BINS - 1; b >= 0; b--) {
      int from = (int) ((long) rows * b / CALIBRATION_BINS);
      int to = (int) ((long) rows * (b + 1) / CALIBRATION_BINS);
      if (from < to) {
        double predicted = 0;
        int positives = 0;
        for (int i = from; i < to; i++) {
          predicted += probabilities[falling[i]];
          positives += labels[falling[i]] ? 1 : 0;
        }
        bins.add(bin(predicted / (to - from), positives, to - from));
      }
    }
    return bins;
  }

  private static CalibrationBin bin(double predicted, int positives, int rows) {
    double share = (double) positives / rows;
    double z2 = NORMAL_QUANTILE_95 * NORMAL_QUANTILE_95;
    double centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
    double half =
        NORMAL_QUANTILE_95
            / (1 + z2 / rows)
            * Math.sqrt(share * (1 - share) / rows + z2 / (4.0 * rows * rows));
    return new CalibrationBin(
        predicted, share, Math.max(0, centre - half), Math.min(1, centre + half), rows);
  }
}
