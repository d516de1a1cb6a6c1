package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.FormatException;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.monitoring.LogSegment;
import dev.lockkeeper.store.ArtifactStore;
import dev.lockkeeper.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
   * @param cursor up to where it was read; the one given if there is none after it
   * @param segments segments read
   * @param unreadable lines that are not a record
   */
  record Extent(String cursor, int segments, int unreadable) {}

  /** Reads each segment that was not read up to the {@link LogCursor}, in name order. */
  Extent readAfter(String cursor, Consumer<InferenceRecord> consumer, Runnable progress) {
    LogCursor before = LogCursor.parse(cursor);
    // All names first: in the time that the reading takes a gateway writes further segments.
    List<LogSegment> unread = unread(before);
    int unreadable = 0;
    for (LogSegment segment : unread) {
      unreadable += read(segment.name(), consumer);
      progress.run();
    }
    return new Extent(before.after(unread).text(), unread.size(), unreadable);
  }

  private List<LogSegment> unread(LogCursor cursor) {
    try (Stream<String> names =
        store.names(Zone.INFERENCE_LOG, endpoint + "/", cursor.start(endpoint))) {
      return names
          .flatMap(name -> LogSegment.parse(name).stream())
          .filter(cursor::isUnread)
          .toList();
    }
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
