package dev.lockkeeper.contracts.run;

/** Who can mend a failure. It alone decides whether Temporal tries again. */
public enum FailureCategory {
  /** The person who started the run: data, specification or a request is wrong. */
  USER(false),
  /** Time, or whoever runs the machines: what the work needs is missing, full or down for now. */
  RESOURCE(true),
  /** Whoever maintains the code: a program did not do its work, and would not the next time. */
  INTERNAL(false),
  /** Nobody without an investigation: something is not what was signed, or is not allowed. */
  CUSTODY(false);

  private final boolean retryable;

  FailureCategory(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether Temporal retries an activity that failed so. */
  public boolean retryable() {
    return retryable;
  }
}
