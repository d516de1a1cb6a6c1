package dev.lockkeeper.serving;

import dev.lockkeeper.formats.deployment.ArmCounts;

/** Counts what became of the requests that were routed to one arm under one manifest. */
final class ArmCounter {

  private final long[] outcomes = new long[Outcome.values().length];

  /** A request and its outcome count together: a look between them would see half of it. */
  synchronized void count(Outcome outcome) {
    outcomes[outcome.ordinal()]++;
  }

  synchronized ArmCounts counts() {
    long requests = 0;
    for (long some : outcomes) {
      requests += some;
    }
    return new ArmCounts(requests, of(Outcome.ERROR), of(Outcome.INVALID), of(Outcome.COMMON));
  }

  private long of(Outcome outcome) {
    return outcomes[outcome.ordinal()];
  }
}
