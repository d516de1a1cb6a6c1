package dev.lockkeeper.serving;

import dev.lockkeeper.formats.deployment.ArmCounts;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of the requests of one arm under one manifest. */
final class ArmCounter {

  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder invalid = new LongAdder();

  void request() {
    requests.increment();
  }

  void error() {
    errors.increment();
  }

  void invalid() {
    invalid.increment();
  }

  ArmCounts counts() {
    return new ArmCounts(requests.sum(), errors.sum(), invalid.sum());
  }
}
