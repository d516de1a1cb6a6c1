package dev.lockkeeper.contracts.run;

import static dev.lockkeeper.contracts.run.FailureCategory.CUSTODY;
import static dev.lockkeeper.contracts.run.FailureCategory.INTERNAL;
import static dev.lockkeeper.contracts.run.FailureCategory.RESOURCE;
import static dev.lockkeeper.contracts.run.FailureCategory.USER;

/**
 * Why something failed. The name is the stable type of the {@code ApplicationFailure}; the category
 * decides the retry. A failure of any other type is a defect, which Temporal retries as it does by
 * default.
 */
public enum FailureType {
  /** The source file does not exist or may not be read. */
  SOURCE_NOT_FOUND(USER),
  /** The source file is not one that the ingestion worker may read for a run. */
  SOURCE_REFUSED(USER),
  /** The source file is empty, has another delimiter or encoding, or has a header only. */
  SOURCE_UNREADABLE(USER),
  /** The pipeline specification or its data contract contradicts itself. */
  SPECIFICATION_INVALID(USER),
  /** A feature, filter or label expression does not compile against the contract. */
  EXPRESSION_INVALID(USER),
  /** The label has one value only, or a split has no rows. */
  LABEL_UNUSABLE(USER),
  /** The trainer failed or its process ended with an error. */
  TRAINING_FAILED(INTERNAL),
  /** The training process was killed from outside: another attempt goes on from its checkpoint. */
  TRAINING_INTERRUPTED(RESOURCE),
  /** A statement, signature or digest does not verify. */
  CUSTODY_BROKEN(CUSTODY),
  /** The model file breaks a limit or uses an operator that is not allowed. */
  MODEL_REFUSED(CUSTODY),
  /** The quorum or the expiry of the approval makes no sense. */
  POLICY_INVALID(USER),
  /** The allowed signers name fewer people than the quorum, or are broken: they may be mended. */
  APPROVERS_MISSING(RESOURCE),
  /** A decision was sent to a run that waits for none, or for another. */
  DECISION_REFUSED(USER),
  /** What an endpoint serves was changed by somebody else since: the change is not made. */
  ENDPOINT_CHANGED(USER),
  /** A change of the traffic is not what was approved, or not yet: it is not made. */
  NOT_APPROVED(CUSTODY),
  /** The gateway refused a serving manifest. */
  GATEWAY_REFUSED(CUSTODY),
  /** The gateway does not answer: it may come back. */
  GATEWAY_UNAVAILABLE(RESOURCE),
  /** The store does not accept a write or a read: it may come back. */
  STORE_UNAVAILABLE(RESOURCE),
  /** The worker's memory or its folder for temporary files is full or cannot be used. */
  WORKSPACE_UNAVAILABLE(RESOURCE),
  /** More data crossed a boundary of Temporal than a server accepts. */
  PAYLOAD_TOO_LARGE(INTERNAL);

  private final FailureCategory category;

  FailureType(FailureCategory category) {
    this.category = category;
  }

  /** Who can mend it, and so whether it is retried. */
  public FailureCategory category() {
    return category;
  }

  /** Whether Temporal retries an activity that failed so: its category says it. */
  public boolean retryable() {
    return category.retryable();
  }
}
