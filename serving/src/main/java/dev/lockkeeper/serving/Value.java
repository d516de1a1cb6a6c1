package dev.lockkeeper.serving;

/** One value of a column, as the client sent it. */
public sealed interface Value {

  /** The one missing value. */
  Value MISSING = new Missing();

  /** A value that was sent as null. */
  record Missing() implements Value {}

  /** A string; for a column of another type it is read as the training's source file would be. */
  record Text(String text) implements Value {}

  /** A number, in the type that loses nothing of what was sent. */
  record Numeric(Number number) implements Value {}

  /** A boolean. */
  record Bool(boolean value) implements Value {}

  /**
   * What is not a value of any column, such as a list.
   *
   * @param written how the client wrote it, for the message that refuses it
   */
  record Unusable(String written) implements Value {}
}
