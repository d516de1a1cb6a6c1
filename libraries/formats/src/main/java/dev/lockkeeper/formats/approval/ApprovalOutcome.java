package dev.lockkeeper.formats.approval;

/** How a review ended. */
public enum ApprovalOutcome {
  APPROVED,
  REJECTED,
  EXPIRED
}
