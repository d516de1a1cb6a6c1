package dev.lockkeeper.activities.validation;

import dev.lockkeeper.formats.validation.FairnessMetric;
import java.util.List;

/**
 * How a group of hold-out rows is treated.
 *
 * @param group the group's value
 * @param units its keys; its rows where each row is a unit
 * @param truePositives positive rows that are predicted positive
 * @param falsePositives negative rows that are predicted positive
 * @param falseNegatives positive rows that are predicted negative
 * @param trueNegatives negative rows that are predicted negative
 * @param effects design effects of the units on the three {@link Rates}
 */
record GroupRates(
    String group,
    int units,
    int truePositives,
    int falsePositives,
    int falseNegatives,
    int trueNegatives,
    Rates effects) {

  private static final Rates NO_EFFECTS = new Rates(1, 1, 1);

  /** A group of rows of which each is a unit. */
  GroupRates(
      String group, int truePositives, int falsePositives, int falseNegatives, int trueNegatives) {
    this(
        group,
        truePositives + falsePositives + falseNegatives + trueNegatives,
        truePositives,
        falsePositives,
        falseNegatives,
        trueNegatives,
        NO_EFFECTS);
  }

  int rows() {
    return positives() + negatives();
  }

  private int positives() {
    return truePositives + falseNegatives;
  }

  private int negatives() {
    return falsePositives + trueNegatives;
  }

  Rates rates() {
    return new Rates(
        (truePositives + falsePositives) / (double) rows(),
        truePositives / (double) positives(),
        falsePositives / (double) negatives());
  }

  /** The shares that a metric compares. */
  List<EffectiveShare> shares(FairnessMetric metric) {
    return switch (metric) {
      case DEMOGRAPHIC_PARITY_DIFFERENCE, DEMOGRAPHIC_PARITY_RATIO ->
          List.of(EffectiveShare.of(truePositives + falsePositives, rows(), effects.selection()));
      case EQUALIZED_ODDS_DIFFERENCE ->
          List.of(
              EffectiveShare.of(truePositives, positives(), effects.truePositive()),
              EffectiveShare.of(falsePositives, negatives(), effects.falsePositive()));
    };
  }
}
