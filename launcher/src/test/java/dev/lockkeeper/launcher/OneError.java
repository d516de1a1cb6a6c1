package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A mistake is answered by one error in words, and nothing of the program's insides. */
final class OneError {

  private OneError() {}

  static void in(String said) {
    assertNoInsides(said);
    assertEquals(1, said.lines().filter(line -> line.startsWith("error: ")).count(), said);
    assertFalse(said.contains("unexpected"), said);
  }

  /** Waits for the program's end. */
  static void of(Program program, int exitCode, String... words) throws Exception {
    assertEquals(exitCode, program.exitCode(), program.said());
    in(program.said());
    for (String word : words) {
      assertTrue(program.said().contains(word), program.said());
    }
  }

  static void assertNoInsides(String said) {
    assertFalse(said.contains("\tat "), said);
    assertFalse(said.contains("Caused by"), said);
  }
}
