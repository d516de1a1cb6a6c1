package dev.lockkeeper.contracts.run;

/**
 * Why a stage failed. The name is the stable type of the {@code ApplicationFailure}; retryability
 * is data.
 */
public enum FailureType {
  /** The source file does not exist or may not be read. */
  SOURCE_NOT_FOUND(false),
  /** The source file is empty, has another delimiter or encoding, or has a header only. */
  SOURCE_UNREADABLE(false),
  /** The pipeline specification or its data contract contradicts itself. */
  SPECIFICATION_INVALID(false),
  /** A feature, filter or label expression does not compile against the contract. */
  EXPRESSION_INVALID(false),
  /** The label has one value only, or a split has no rows. */
  LABEL_UNUSABLE(false),
  /** The trainer failed or its process ended with an error. */
  TRAINING_FAILED(false),
  /** The training process was killed from outside: another attempt goes on from its checkpoint. */
  TRAINING_INTERRUPTED(true),
  /** A statement, signature or digest does not verify. */
  CUSTODY_BROKEN(false),
  /** The model file breaks a limit or uses an operator that is not allowed. */
  MODEL_REFUSED(false),
  /** The quorum or the expiry of the approval makes no sense. */
  POLICY_INVALID(false),
  /** The allowed signers name fewer people than the quorum, or are broken: they may be mended. */
  APPROVERS_MISSING(true),
  /** The gateway refused a serving manifest. */
  GATEWAY_REFUSED(false),
  /** The gateway does not answer: it may come back. */
  GATEWAY_UNAVAILABLE(true),
  /** The store does not accept a write or a read: it may come back. */
  STORE_UNAVAILABLE(true);

  private final boolean retryable;

  FailureType(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether Temporal retries an activity that failed so. */
  public boolean retryable() {
    return retryable;
  }
}
