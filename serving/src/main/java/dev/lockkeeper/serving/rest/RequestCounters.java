package dev.lockkeeper.serving.rest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts inference requests by endpoint and HTTP status. */
final class RequestCounters {

  /** Names that no endpoint has are the clients' choice: each would be a series of its own. */
  private static final String UNKNOWN = "unknown";

  private static final int NOT_FOUND = 404;

  private final MeterRegistry metrics;
  private final Map<Answered, Counter> counters = new ConcurrentHashMap<>();

  private record Answered(String endpoint, int status) {}

  RequestCounters(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  void count(String endpoint, int status) {
    counters
        .computeIfAbsent(
            new Answered(status == NOT_FOUND ? UNKNOWN : endpoint, status), this::counter)
        .increment();
  }

  private Counter counter(Answered answered) {
    return Counter.builder("lockkeeper_requests")
        .description("Inference requests by what they were answered with")
        .tag("endpoint", answered.endpoint())
        .tag("status", String.valueOf(answered.status()))
        .register(metrics);
  }
}
