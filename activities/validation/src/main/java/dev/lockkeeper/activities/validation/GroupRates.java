package dev.lockkeeper.activities.validation;

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

  Rates rates() {
    return Rates.of(truePositives, falsePositives, falseNegatives, trueNegatives);
  }
}
