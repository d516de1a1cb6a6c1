package dev.lockkeeper.client;

/** A call that did not do what was asked; says what it was about and why. */
public final class ClientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why, for programs. */
  public enum Kind {
    /** The Temporal configuration (environment or file) or an address cannot be used. */
    CONFIGURATION,
    /** What was given cannot be started so: it breaks a limit or contradicts itself. */
    INVALID,
    /** The server, or the worker that it asks, is not there or does not answer; it may be back. */
    UNREACHABLE,
    /** The server has no such namespace. */
    NAMESPACE_UNKNOWN,
    /** The server has no such run, or the endpoint has no such release. */
    UNKNOWN,
    /** What was asked for needs a run in progress, and the run has ended. */
    ENDED,
    /** A run of this model and version, or a rollback of this endpoint, exists already. */
    EXISTS,
    /** The run does not take the decision. */
    NOT_AWAITED,
    /** It was not done within the time that was given, and goes on. */
    NOT_DONE,
    /** The server cannot do this, as the in-memory server cannot list runs. */
    UNSUPPORTED,
    /** The pipeline's worker answered a query with an error. */
    QUERY_FAILED,
    /** Anything else; the cause tells. */
    FAILED
  }

  private final Kind kind;
  private final String subject;
  private final String detail;

  ClientException(Kind kind, String subject, String detail, Throwable cause) {
    super(subject + ": " + detail, cause);
    this.kind = kind;
    this.subject = subject;
    this.detail = detail;
  }

  public Kind kind() {
    return kind;
  }

  /** What it was about, for example {@code run taxi-tips@1}. */
  public String subject() {
    return subject;
  }

  /** Why, without the subject. */
  public String detail() {
    return detail;
  }
}
