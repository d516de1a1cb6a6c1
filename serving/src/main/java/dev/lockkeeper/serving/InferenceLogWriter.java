package dev.lockkeeper.serving;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.monitoring.LogSegment;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every answered prediction with its lineage, in write-once segments. A request never waits for the
 * store: while it takes nothing predictions wait in memory, and beyond a bound they are dropped and
 * counted.
 */
final class InferenceLogWriter {

  private static final Logger LOG = LoggerFactory.getLogger(InferenceLogWriter.class);
  private static final int MAXIMUM_WAITING = 100_000;

  private final ArtifactStore store;
  private final String instance;
  private final Counter dropped;
  private final Counter failures;
  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Map<String, List<Waiting>> unwritten = new TreeMap<>();
  private final Set<String> failing = new HashSet<>();
  private final LongSupplier clock;
  private int segment;
  private long latest;

  /**
   * @param clock milliseconds since 1970; it may be set back
   */
  InferenceLogWriter(
      ArtifactStore store, String instance, MeterRegistry metrics, LongSupplier clock) {
    this.store = store;
    this.instance = instance;
    this.clock = clock;
    this.dropped =
        Counter.builder("lockkeeper_inference_log_dropped")
            .description("Predictions that were answered and are not in the inference log")
            .register(metrics);
    this.failures =
        Counter.builder("lockkeeper_inference_log_write_failures")
            .description("Times that the store did not take a segment; its predictions wait")
            .register(metrics);
  }

  void add(InferenceResult result) {
    int rows = result.request().rows();
    if (size.addAndGet(rows) > MAXIMUM_WAITING) {
      size.addAndGet(-rows);
      dropped.increment(rows);
      return;
    }
    waiting.add(new Waiting(Instant.now(), result));
  }

  /**
   * Writes what waits, one segment an endpoint. What the store does not take now waits for the next
   * time.
   *
   * @return how many records still wait
   */
  synchronized int flush() {
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      unwritten.computeIfAbsent(next.result().endpoint(), e -> new ArrayList<>()).add(next);
    }
    unwritten.entrySet().removeIf(entry -> write(entry.getKey(), entry.getValue()));
    return unwritten.values().stream().mapToInt(InferenceLogWriter::rows).sum();
  }

  /** A flush whose failure, whatever it is, is reported and does not end the flushes after it. */
  void flushOrReport() {
    try {
      flush();
    } catch (RuntimeException e) {
      failures.increment();
      LOG.error("the inference log was not written", e);
    }
  }

  /** The last flush: what cannot be written now is lost, and counted. */
  void close() {
    int lost = flush();
    if (lost > 0) {
      dropped.increment(lost);
      LOG.error("{} predictions are not in the inference log: it ends unwritten", lost);
    }
  }

  private boolean write(String endpoint, List<Waiting> results) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Waiting next : results) {
      for (InferenceRecord row : LoggedRows.of(next.result(), next.time())) {
        lines.writeBytes(InferenceRecordFormat.INSTANCE.write(row));
        lines.write('\n');
      }
    }
    // Who reads goes on after the last name: no later one may sort before it.
    latest = Math.max(latest + 1, clock.getAsLong());
    String name = LogSegment.name(endpoint, latest, instance, segment++);
    try {
      store.putNamed(Zone.INFERENCE_LOG, name, lines.toByteArray());
    } catch (StoreException e) {
      failures.increment();
      if (failing.add(endpoint)) {
        LOG.error(
            "the inference log of endpoint '{}' waits in memory: {}", endpoint, e.getMessage());
      }
      return false;
    }
    if (failing.remove(endpoint)) {
      LOG.info("the inference log of endpoint '{}' is written again", endpoint);
    }
    size.addAndGet(-rows(results));
    return true;
  }

  private static int rows(List<Waiting> results) {
    return results.stream().mapToInt(waiting -> waiting.result().request().rows()).sum();
  }

  /** An answered request and when it was answered. */
  private record Waiting(Instant time, InferenceResult result) {}
}
