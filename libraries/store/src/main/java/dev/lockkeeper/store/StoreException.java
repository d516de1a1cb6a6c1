package dev.lockkeeper.store;

/** The store refuses or fails; the message says what, where and what to do. */
public class StoreException extends RuntimeException {

  /** What went wrong. */
  public enum Kind {
    /** The role's credential is not valid for the zone. */
    DENIED,
    /** There is no such object. */
    MISSING,
    /** The object's bytes do not have its digest. */
    CORRUPT,
    /** The store cannot be read or written now: it may come back. */
    UNAVAILABLE
  }

  private final Kind kind;

  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
