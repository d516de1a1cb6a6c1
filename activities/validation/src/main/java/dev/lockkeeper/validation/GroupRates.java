package dev.lockkeeper.validation;

/**
 * How a group of hold-out rows is treated.
 *
 * @param group the group's value
 * @param rows rows
 * @param truePositives positive rows that are predicted positive
 * @param falsePositives negative rows that are predicted positive
 * @param falseNegatives positive rows that are predicted negative
 * @param trueNegatives negative rows that are predicted negative
 */
record GroupRates(
    String group,
    int rows,
    int truePositives,
    int falsePositives,
    int falseNegatives,
    int trueNegatives) {

  /** Share of the rows that are predicted positive. */
  double selectionRate() {
    return (double) (truePositives + falsePositives) / rows;
  }

  /** Share of positive rows that are predicted positive; not a number without positive rows. */
  double truePositiveRate() {
    return (double) truePositives / (truePositives + falseNegatives);
  }

  /** Share of negative rows that are predicted positive; not a number without negative rows. */
  double falsePositiveRate() {
    return (double) falsePositives / (falsePositives + trueNegatives);
  }
}
