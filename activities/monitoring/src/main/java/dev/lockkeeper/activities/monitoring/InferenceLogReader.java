package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inference log of one endpoint.
 *
 * @param store the store
 * @param endpoint the endpoint
 */
record InferenceLogReader(ArtifactStore store, String endpoint) {

  private static final Logger log = LoggerFactory.getLogger(InferenceLogReader.class);

  /**
   * What was read.
   *
   * @param cursor the last segment that was read; the one given if there is none after it
   * @param segments segments read
   * @param unreadable lines that are not a record
   */
  record Extent(String cursor, int segments, int unreadable) {}

  /** Reads every segment after the cursor, in name order. */
  Extent readAfter(String cursor, Consumer<InferenceRecord> consumer, Runnable progress) {
    String last = cursor;
    int segments = 0;
    int unreadable = 0;
    try (Stream<String> names = store.names(Zone.INFERENCE_LOG, endpoint + "/", cursor)) {
      for (String name : (Iterable<String>) names::iterator) {
        unreadable += read(name, consumer);
        segments++;
        last = name;
        progress.run();
      }
    }
    return new Extent(last, segments, unreadable);
  }

  private int read(String name, Consumer<InferenceRecord> consumer) {
    byte[] content =
        store
            .readNamed(Zone.INFERENCE_LOG, name)
            .orElseThrow(
                () ->
                    new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        "segment " + name + " was listed and is not there now"));
    int unreadable = 0;
    int line = 0;
    for (String text : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      line++;
      try {
        consumer.accept(InferenceRecordFormat.INSTANCE.read(text.getBytes(StandardCharsets.UTF_8)));
      } catch (FormatException e) {
        unreadable++;
        log.warn("segment {} line {} cannot be read: {}", name, line, e.getMessage());
      }
    }
    return unreadable;
  }
}
