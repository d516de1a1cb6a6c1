package dev.lockkeeper.features;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads timestamps as seconds since 1970 UTC, in whole microseconds. A time without a zone is UTC.
 */
public final class Timestamps {

  private static final double MICROSECONDS = 1e6;

  private Timestamps() {}

  /**
   * Reads {@code 2019-02-07 15:48:06}, {@code 2019-02-07T15:48:06Z}, {@code 2019-02-07} or seconds
   * since 1970.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static double parse(String text) {
    String iso = text.replace(' ', 'T');
    try {
      if (RowBuffer.NUMBER.matcher(iso).matches()) {
        return whole(Double.parseDouble(iso));
      }
      if (iso.indexOf('T') < 0) {
        return LocalDate.parse(iso).toEpochDay() * 86_400.0;
      }
      if (iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10) {
        return seconds(OffsetDateTime.parse(iso).toInstant());
      }
      return seconds(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is not a timestamp", e);
    }
  }

  /** The nearest microsecond: what a table of timestamps keeps of a time in seconds. */
  static double whole(double seconds) {
    return Math.rint(seconds * MICROSECONDS) / MICROSECONDS;
  }

  private static double seconds(Instant time) {
    int micros = time.getNano() / 1_000;
    return whole(time.getEpochSecond() + micros / MICROSECONDS);
  }
}
