package dev.lockkeeper.contracts.approval;

/** What an approver decides. */
public enum DecisionKind {
  APPROVE,
  REJECT
}
