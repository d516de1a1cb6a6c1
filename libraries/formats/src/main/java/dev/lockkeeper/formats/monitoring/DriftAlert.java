package dev.lockkeeper.formats.monitoring;

/**
 * A feature, or the prediction, that left its baseline.
 *
 * @param subject the feature's name, or {@code prediction}
 * @param statistic {@code psi}, {@code shift} (standard deviations), {@code share} (Cohen's h), or
 *     the name of a check of one's own
 * @param value its size
 * @param critical the value that stable data exceed in 1 % of windows of this size
 * @param threshold the threshold
 * @param rows predictions in the window
 * @param message one line for people, with the bin that moved most
 */
public record DriftAlert(
    String subject,
    String statistic,
    double value,
    double critical,
    double threshold,
    long rows,
    String message) {}
