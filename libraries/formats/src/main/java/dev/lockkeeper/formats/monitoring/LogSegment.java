package dev.lockkeeper.formats.monitoring;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment of the inference log: what one gateway wrote of one endpoint at one time.
 *
 * @param name {@code ENDPOINT/DAY/HOUR/MILLIS-INSTANCE-N.jsonl}, with the day and the hour in UTC
 *     and MILLIS in 15 digits, so that names sort by time. Before there were hours the name was
 *     {@code ENDPOINT/MILLIS-INSTANCE-N.jsonl}
 * @param millis milliseconds since 1970, by the clock of the gateway; they rise with each segment
 *     of one instance
 * @param instance the gateway's process
 */
public record LogSegment(String name, long millis, String instance) {

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd/HH", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern NAME =
      Pattern.compile("[^/]+/(?:[^/]+/[^/]+/)?([0-9]{15})-([^/\\s]+)-[0-9]{1,18}\\.jsonl");

  /**
   * The name of a new one.
   *
   * @param number which of the instance it is
   */
  public static String name(String endpoint, long millis, String instance, long number) {
    return before(endpoint, millis) + "-" + instance + "-" + number + ".jsonl";
  }

  /** What sorts between the names of the segments before a time and all that follow. */
  public static String before(String endpoint, long millis) {
    return String.format(
        Locale.ROOT, "%s/%s/%015d", endpoint, HOUR.format(Instant.ofEpochMilli(millis)), millis);
  }

  /** The segment of a name; empty if it is not the name of one. */
  public static Optional<LogSegment> parse(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? Optional.of(new LogSegment(name, Long.parseLong(parts.group(1)), parts.group(2)))
        : Optional.empty();
  }
}
