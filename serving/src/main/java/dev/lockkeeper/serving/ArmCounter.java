package dev.lockkeeper.serving;

import dev.lockkeeper.formats.deployment.ArmCounts;
import dev.lockkeeper.formats.deployment.KeyCounts;

/** Counts what became of the requests that were routed to one arm under one manifest. */
final class ArmCounter {

  private final long[] outcomes = new long[Outcome.values().length];
  private long keys;
  private long failedKeys;
  private long keysAtRisk;
  private long firstFailures;

  /** A request and its outcome count together: a look between them would see half of it. */
  synchronized void count(Outcome outcome, CanaryKeys.First first) {
    outcomes[outcome.ordinal()]++;
    keys += first.seen() ? 1 : 0;
    failedKeys += first.failed() ? 1 : 0;
    keysAtRisk += first.atRisk() ? 1 : 0;
    firstFailures += first.everFailed() ? 1 : 0;
  }

  synchronized ArmCounts counts() {
    long requests = 0;
    for (long some : outcomes) {
      requests += some;
    }
    return new ArmCounts(
        requests,
        of(Outcome.ERROR),
        of(Outcome.INVALID),
        of(Outcome.COMMON),
        new KeyCounts(keys, failedKeys, keysAtRisk, firstFailures));
  }

  private long of(Outcome outcome) {
    return outcomes[outcome.ordinal()];
  }
}
