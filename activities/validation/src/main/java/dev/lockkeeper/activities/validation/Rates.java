package dev.lockkeeper.activities.validation;

/**
 * The rates of a group that fairness metrics compare.
 *
 * @param selection share of the rows that are predicted positive
 * @param truePositive share of positive rows that are predicted positive; not a number without any
 * @param falsePositive share of negative rows that are predicted positive; not a number without any
 */
record Rates(double selection, double truePositive, double falsePositive) {}
