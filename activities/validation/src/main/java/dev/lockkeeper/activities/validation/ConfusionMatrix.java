package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.Metric;
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
   *
   * @param effect of the units on that share
   */
  @Nullable Interval interval(Metric metric, DesignEffect effect, double confidence) {
    int hits = truePositives;
    int positives = hits + falseNegatives;
    double quantile = effect.quantile(confidence);
    return switch (metric) {
      case ACCURACY ->
          wilson(
              hits + trueNegatives,
              positives + falsePositives + trueNegatives,
              effect.value(),
              quantile);
      case PRECISION -> wilson(hits, hits + falsePositives, effect.value(), quantile);
      case RECALL -> wilson(hits, positives, effect.value(), quantile);
      case F1 -> {
        Interval share = wilson(hits, positives + falsePositives, effect.value(), quantile);
        yield new Interval(f1(share.low()), f1(share.high()));
      }
      case AUC, LOG_LOSS, BRIER -> null;
    };
  }

  private static Interval wilson(int part, int whole, double effect, double quantile) {
    if (whole == 0) {
      return new Interval(0, 1);
    }
    double size = whole / effect;
    double share = (double) part / whole;
    double squared = quantile * quantile;
    double centre = (share + squared / (2 * size)) / (1 + squared / size);
    double reach =
        quantile
            / (1 + squared / size)
            * Math.sqrt(share * (1 - share) / size + squared / (4 * size * size));
    return new Interval(
        part == 0 ? 0 : Math.max(0, centre - reach),
        part == whole ? 1 : Math.min(1, centre + reach));
  }

  private static double f1(double share) {
    return 2 * share / (1 + share);
  }
}
