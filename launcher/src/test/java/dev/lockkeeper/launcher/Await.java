package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition on something that only can be asked. */
final class Await {

  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private Await() {}

  /** Asks until the answer satisfies the condition; fails with the last answer. */
  static <T> T until(Supplier<T> question, Predicate<T> condition) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    T answer = question.get();
    while (!condition.test(answer)) {
      assertTrue(System.nanoTime() < deadline, "still waiting: " + answer);
      LockSupport.parkNanos(BETWEEN.toNanos());
      answer = question.get();
    }
    return answer;
  }
}
