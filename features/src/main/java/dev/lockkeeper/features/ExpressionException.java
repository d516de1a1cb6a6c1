package dev.lockkeeper.features;

/**
 * An expression does not compile; the message names the expression, the place, what was expected
 * and what to do.
 */
public class ExpressionException extends RuntimeException {

  public ExpressionException(String message) {
    super(message);
  }

  public ExpressionException(String message, Throwable cause) {
    super(message, cause);
  }
}
