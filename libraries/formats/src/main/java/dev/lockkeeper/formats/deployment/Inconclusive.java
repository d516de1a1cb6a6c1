package dev.lockkeeper.formats.deployment;

/** What becomes of a candidate that is neither shown to be harmful nor inside the margin. */
public enum Inconclusive {
  /** It is promoted after its last step, and the result says that it was not shown. */
  PROMOTE,
  /** The last step goes on until it is shown; at the canary's maximum it is taken back. */
  ROLLBACK,
  /**
   * The last step goes on, and the approvers are asked whether it is promoted all the same; at the
   * canary's maximum it is taken back.
   */
  ASK
}
