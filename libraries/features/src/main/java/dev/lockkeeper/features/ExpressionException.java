package dev.lockkeeper.features;

/**
 * An expression does not compile; the message names the expression, the place, what was expected
 * and what to do.
 */
public class ExpressionException extends RuntimeException {

  private final String expression;

  public ExpressionException(String message) {
    super(message);
    this.expression = "";
  }

  public ExpressionException(String message, Throwable cause) {
    super(message, cause);
    this.expression = "";
  }

  private ExpressionException(String expression, String message) {
    super(message);
    this.expression = expression;
  }

  private ExpressionException(String expression, String message, Throwable cause) {
    super(message, cause);
    this.expression = expression;
  }

  static ExpressionException in(String expression, String message) {
    return new ExpressionException(expression, message);
  }

  static ExpressionException in(String expression, String message, Throwable cause) {
    return new ExpressionException(expression, message, cause);
  }

  /**
   * The name of the feature or label whose expression it is, {@code filter} for the row filter, or
   * what all of them need: {@code contract.columns.NAME} or {@code features.columns}; empty of a
   * program.
   */
  public String expression() {
    return expression;
  }
}
