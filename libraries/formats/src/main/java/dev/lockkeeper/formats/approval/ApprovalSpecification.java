package dev.lockkeeper.formats.approval;

import dev.lockkeeper.formats.Range;
import java.time.Duration;

/**
 * Who must decide until when. The worker's own policy may ask for more, never for less.
 *
 * @param quorum distinct approvers needed, at least 1
 * @param remindAfter time between reminders
 * @param expireAfter time after which an undecided run is rejected, at most 72 hours
 */
public record ApprovalSpecification(int quorum, Duration remindAfter, Duration expireAfter) {

  public static final Range<Long> QUORUMS = new Range<>(1L, 20L);

  public static final Range<Duration> PERIODS =
      new Range<>(Duration.ofSeconds(1), Duration.ofHours(72));

  public ApprovalSpecification {
    QUORUMS.require("approval.quorum", (long) quorum);
    PERIODS.require("approval.remindAfter", remindAfter);
    PERIODS.require("approval.expireAfter", expireAfter);
  }
}
