package dev.lockkeeper.formats.monitoring;

import java.time.Instant;
import java.util.List;

/**
 * The machine-readable comparison.
 *
 * @param endpoint the endpoint
 * @param model the model's name
 * @param version the version
 * @param packageRoot root digest of its package
 * @param baselineDigest SHA-256 of the baseline
 * @param baselineRows rows of the baseline
 * @param fromCursor up to where the log was read before the window; empty at the start
 * @param toCursor up to where it was read for the window: the newest segment's name, then {@code
 *     INSTANCE:MILLIS} of the last segment of each other gateway
 * @param from when the first prediction was answered
 * @param to when the last prediction was answered
 * @param rows predictions compared
 * @param unreadableLines lines of the log that are not a record
 * @param family subjects tested at once
 * @param subjects every subject, in model order
 * @param untested features of the clock that the window is too short to compare
 * @param alerts what left the baseline
 */
public record WindowReport(
    String endpoint,
    String model,
    String version,
    String packageRoot,
    String baselineDigest,
    long baselineRows,
    String fromCursor,
    String toCursor,
    Instant from,
    Instant to,
    long rows,
    int unreadableLines,
    int family,
    List<Subject> subjects,
    List<String> untested,
    List<DriftAlert> alerts) {

  /** A comparison that tests every feature. */
  public WindowReport(
      String endpoint,
      String model,
      String version,
      String packageRoot,
      String baselineDigest,
      long baselineRows,
      String fromCursor,
      String toCursor,
      Instant from,
      Instant to,
      long rows,
      int unreadableLines,
      int family,
      List<Subject> subjects,
      List<DriftAlert> alerts) {
    this(
        endpoint,
        model,
        version,
        packageRoot,
        baselineDigest,
        baselineRows,
        fromCursor,
        toCursor,
        from,
        to,
        rows,
        unreadableLines,
        family,
        subjects,
        List.of(),
        alerts);
  }

  /**
   * One subject.
   *
   * @param name the feature, or {@code prediction}
   * @param psi population stability index
   * @param critical what stable data exceed in 1 % of windows of this size
   * @param pValue p-value of the index
   * @param adjustedPValue p-value adjusted over the family (Benjamini-Hochberg)
   * @param bins bins that have rows
   * @param reference baseline rows in each bin, missing last
   * @param window the window's rows in each bin, missing last
   */
  public record Subject(
      String name,
      double psi,
      double critical,
      double pValue,
      double adjustedPValue,
      int bins,
      List<Long> reference,
      List<Long> window) {}
}
