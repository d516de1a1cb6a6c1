package dev.lockkeeper.contracts.run;

/** Where a stage of a run stands. */
public enum StageState {
  PENDING,
  RUNNING,
  WAITING,
  DONE,
  REFUSED,
  FAILED
}
