package dev.lockkeeper.starter;

/** Numbers of things as people say them. */
final class Counted {

  private Counted() {}

  /** For example {@code 1 window} or {@code 2 windows}. */
  static String of(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
