package dev.lockkeeper.serving;

import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.ArmRole;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
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
  private final ConcurrentLinkedQueue<InferenceRecord> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final Map<String, List<InferenceRecord>> unwritten = new TreeMap<>();
  private final Set<String> failing = new HashSet<>();
  private int segment;

  InferenceLogWriter(ArtifactStore store, String instance, MeterRegistry metrics) {
    this.store = store;
    this.instance = instance;
    this.dropped =
        Counter.builder("lockkeeper_inference_log_dropped")
            .description("Predictions that were answered and are not in the inference log")
            .register(metrics);
    this.failures =
        Counter.builder("lockkeeper_inference_log_write_failures")
            .description("Times that the store did not take a segment; its predictions wait")
            .register(metrics);
  }

  @SuppressWarnings("NullAway") // Java 17 hides the record's @Nullable from it, Java 22 does not
  void add(InferenceResult result) {
    int width = result.answer().width();
    for (int row = 0; row < result.request().rows(); row++) {
      if (size.incrementAndGet() > MAXIMUM_WAITING) {
        size.decrementAndGet();
        dropped.increment();
        continue;
      }
      List<Float> features = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        float value = result.answer().features()[row * width + i];
        features.add(Float.isNaN(value) ? null : Float.valueOf(value));
      }
      waiting.add(
          new InferenceRecord(
              result.request().id(),
              Instant.now(),
              result.serving().manifest().endpoint(),
              result.model().version(),
              result.model().root(),
              result.serving().manifest().sequence(),
              result.canary() ? ArmRole.CANDIDATE : ArmRole.STABLE,
              result.fellBack(),
              Map.of(),
              result.request().row(row),
              features,
              result.answer().probabilities()[row],
              Map.of()));
    }
  }

  /**
   * Writes what waits, one segment an endpoint. What the store does not take now waits for the next
   * time.
   *
   * @return how many records still wait
   */
  synchronized int flush() {
    for (InferenceRecord next = waiting.poll(); next != null; next = waiting.poll()) {
      unwritten.computeIfAbsent(next.endpoint(), e -> new ArrayList<>()).add(next);
    }
    unwritten.entrySet().removeIf(entry -> write(entry.getKey(), entry.getValue()));
    return unwritten.values().stream().mapToInt(List::size).sum();
  }

  /** The last flush: what cannot be written now is lost, and counted. */
  void close() {
    int lost = flush();
    if (lost > 0) {
      dropped.increment(lost);
      LOG.error("{} predictions are not in the inference log: it ends unwritten", lost);
    }
  }

  private boolean write(String endpoint, List<InferenceRecord> records) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (InferenceRecord next : records) {
      lines.writeBytes(InferenceRecordFormat.INSTANCE.write(next));
      lines.write('\n');
    }
    String name =
        String.format(
            "%s/%015d-%s-%d.jsonl", endpoint, System.currentTimeMillis(), instance, segment++);
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
    size.addAndGet(-records.size());
    return true;
  }
}
