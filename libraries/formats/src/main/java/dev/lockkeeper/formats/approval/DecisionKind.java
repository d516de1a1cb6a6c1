package dev.lockkeeper.formats.approval;

/** What an approver decides. */
public enum DecisionKind {
  APPROVE,
  REJECT
}
