package dev.lockkeeper.formats;

/** Bytes are not the document that they should be; the message names the document and the field. */
public final class FormatException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  public FormatException(String message) {
    super(message);
  }

  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
