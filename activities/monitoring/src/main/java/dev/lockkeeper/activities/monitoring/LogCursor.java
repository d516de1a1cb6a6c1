package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.LogSegment;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Up to where the segments of each gateway were read. A gateway's own segments rise in time, those
 * of several do not: their clocks differ, and what one has named another may name later. As text it
 * is the newest segment's name, then {@code INSTANCE:MILLIS} of each other gateway, so that with
 * one gateway it is a name alone.
 *
 * @param newest the segment with the highest time; null before any was read
 * @param read milliseconds of the last segment that was read, by instance
 */
record LogCursor(@Nullable LogSegment newest, SortedMap<String, Long> read) {

  /**
   * How far the clocks of two gateways may be apart, and how long after its name a segment may be
   * written. What a gateway names earlier than this before the newest is not found.
   */
  static final Duration SKEW = Duration.ofHours(2);

  private static final Comparator<LogSegment> BY_TIME =
      Comparator.comparingLong(LogSegment::millis).thenComparing(LogSegment::name);

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is not a cursor
   */
  static LogCursor parse(String text) {
    SortedMap<String, Long> read = new TreeMap<>();
    if (text.isEmpty()) {
      return new LogCursor(null, read);
    }
    String[] parts = text.split(" ", -1);
    LogSegment newest =
        LogSegment.parse(parts[0])
            .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a cursor"));
    read.put(newest.instance(), newest.millis());
    for (int i = 1; i < parts.length; i++) {
      int colon = parts[i].lastIndexOf(':');
      read.put(parts[i].substring(0, colon), Long.valueOf(parts[i].substring(colon + 1)));
    }
    return new LogCursor(newest, read);
  }

  String text() {
    if (newest == null) {
      return "";
    }
    return Stream.concat(
            Stream.of(newest.name()),
            read.entrySet().stream()
                .filter(one -> !one.getKey().equals(newest.instance()))
                .map(one -> one.getKey() + ":" + one.getValue()))
        .collect(Collectors.joining(" "));
  }

  /** After which name the segments are that may not have been read. */
  String start(String endpoint) {
    if (newest == null) {
      return "";
    }
    String before = LogSegment.before(endpoint, Math.max(0, newest.millis() - SKEW.toMillis()));
    // A name without an hour sorts before all that have one.
    return before.compareTo(newest.name()) < 0 ? before : newest.name();
  }

  boolean isUnread(LogSegment segment) {
    Long last = read.get(segment.instance());
    return last == null || segment.millis() > last;
  }

  /** The cursor after some segments; gateways that are silent for longer than the skew leave it. */
  LogCursor after(Collection<LogSegment> segments) {
    LogSegment last =
        Stream.concat(Stream.ofNullable(newest), segments.stream()).max(BY_TIME).orElse(null);
    SortedMap<String, Long> after = new TreeMap<>(read);
    segments.forEach(segment -> after.merge(segment.instance(), segment.millis(), Math::max));
    if (last != null) {
      long oldest = last.millis() - SKEW.toMillis();
      after.values().removeIf(millis -> millis < oldest);
    }
    return new LogCursor(last, after);
  }
}
