package dev.lockkeeper.contracts.violation;

/** Violates the rules on names and on printing. */
public final class PrintingHelper {
  void print() {
    System.out.println("printed");
  }
}
