package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.Metric;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.jspecify.annotations.Nullable;

/**
 * How many hold-out rows fell into each cell of the confusion matrix.
 *
 * @param truePositives positive rows that are predicted positive
 * @param falsePositives negative rows that are predicted positive
 * @param falseNegatives positive rows that are predicted negative
 * @param trueNegatives negative rows that are predicted negative
 */
record ConfusionMatrix(
    int truePositives, int falsePositives, int falseNegatives, int trueNegatives) {

  /**
   * The interval of a metric that is a share of counted rows (Wilson 1927); null for the others. F1
   * rises with the share of true positives among all rows but the true negatives.
   */
  @Nullable Interval interval(Metric metric, double confidence) {
    int hits = truePositives;
    int positives = hits + falseNegatives;
    return switch (metric) {
      case ACCURACY ->
          share(hits + trueNegatives, positives + falsePositives + trueNegatives, confidence);
      case PRECISION -> share(hits, hits + falsePositives, confidence);
      case RECALL -> share(hits, positives, confidence);
      case F1 -> {
        Interval share = share(hits, positives + falsePositives, confidence);
        yield new Interval(f1(share.low()), f1(share.high()));
      }
      case AUC, LOG_LOSS, BRIER -> null;
    };
  }

  private static Interval share(int part, int whole, double confidence) {
    if (whole == 0) {
      return new Interval(0, 1);
    }
    ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(whole, part, confidence);
    return new Interval(wilson.getLowerBound(), wilson.getUpperBound());
  }

  private static double f1(double share) {
    return 2 * share / (1 + share);
  }
}
