package dev.lockkeeper.store;

import dev.lockkeeper.formats.artifact.ArtifactRef;
import java.io.IOException;

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

  /** An object is not what its reference says. */
  static StoreException changed(ArtifactRef ref, String how) {
    return new StoreException(
        Kind.CORRUPT, ref.uri() + " was changed: " + how + "; restore it from a backup");
  }

  /** An object was found, and reading or copying it stopped. */
  static StoreException unreadable(ArtifactRef ref, IOException cause) {
    return new StoreException(
        Kind.UNAVAILABLE,
        "cannot read "
            + ref.uri()
            + " to its end ("
            + cause
            + "): check the store, and that the disk it is copied to has space",
        cause);
  }
}
