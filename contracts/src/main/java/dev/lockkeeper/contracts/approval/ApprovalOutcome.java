package dev.lockkeeper.contracts.approval;

/** How a review ended. */
public enum ApprovalOutcome {
  APPROVED,
  REJECTED,
  EXPIRED
}
