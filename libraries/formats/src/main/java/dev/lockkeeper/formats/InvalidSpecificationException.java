package dev.lockkeeper.formats;

/**
 * A specification has a value that no pipeline may have; the message says which and what is
 * expected.
 */
public final class InvalidSpecificationException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public InvalidSpecificationException(String message) {
    super(message);
  }
}
