package dev.lockkeeper.contracts.run;

/** How a run ended. */
public enum Verdict {
  /** The model serves the endpoint. */
  PROMOTED,
  /**
   * The model was in the canary, did harm or was called back, and the stable version serves again.
   */
  ROLLED_BACK,
  /**
   * A gate or a person refused: the data broke its contract, the model failed a gate, or approval
   * was denied or expired.
   */
  REJECTED,
  /** Something broke that is not a judgement: the message says what. */
  FAILED,
  /** Someone cancelled the run. */
  CANCELLED
}
