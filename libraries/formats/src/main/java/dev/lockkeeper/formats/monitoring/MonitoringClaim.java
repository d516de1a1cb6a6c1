package dev.lockkeeper.formats.monitoring;

import java.time.Instant;
import java.util.List;

/**
 * The predicate of the monitoring statement.
 *
 * @param endpoint the endpoint
 * @param packageRoot root digest of the watched package
 * @param baseline SHA-256 of the baseline
 * @param fromCursor up to where the log was read before the window, as in {@link WindowReport}
 * @param toCursor up to where it was read for the window
 * @param from when the first prediction was answered
 * @param to when the last prediction was answered
 * @param rows predictions compared
 * @param drifted subjects that left the baseline
 */
public record MonitoringClaim(
    String endpoint,
    String packageRoot,
    String baseline,
    String fromCursor,
    String toCursor,
    Instant from,
    Instant to,
    long rows,
    List<String> drifted) {

  /** What a report comes to. */
  public static MonitoringClaim of(WindowReport report) {
    return new MonitoringClaim(
        report.endpoint(),
        report.packageRoot(),
        report.baselineDigest(),
        report.fromCursor(),
        report.toCursor(),
        report.from(),
        report.to(),
        report.rows(),
        report.alerts().stream().map(alert -> alert.subject()).toList());
  }
}
