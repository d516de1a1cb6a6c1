package dev.lockkeeper.formats.approval;

import java.time.Duration;

/**
 * Who must decide until when. The worker's own policy may ask for more, never for less.
 *
 * @param quorum distinct approvers needed, at least 1
 * @param remindAfter time between reminders
 * @param expireAfter time after which an undecided run is rejected, at most 72 hours
 */
public record ApprovalSpecification(int quorum, Duration remindAfter, Duration expireAfter) {}
