package dev.lockkeeper.features;

import dev.lockkeeper.formats.ingestion.TimeForms;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Reads timestamps as seconds since 1970 UTC, in whole microseconds. */
public final class Timestamps {

  private static final Pattern SECONDS = Pattern.compile(TimeForms.SECONDS);
  private static final Pattern CALENDAR = Pattern.compile(TimeForms.CALENDAR);
  private static final double MICROSECONDS = 1e6;

  private Timestamps() {}

  /**
   * Reads a time as {@link TimeForms} has it: {@code 2019-02-07}, {@code 2019-02-07 15:48:06},
   * {@code 2019-02-07T15:48:06Z} or seconds since 1970.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static double parse(String text) {
    if (SECONDS.matcher(text).matches()) {
      return whole(Double.parseDouble(text));
    }
    if (!CALENDAR.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a timestamp");
    }
    String iso = text.replace(' ', 'T').replace("Z", "");
    try {
      return iso.indexOf('T') < 0
          ? LocalDate.parse(iso).toEpochDay() * 86_400.0
          : seconds(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is not a timestamp", e);
    }
  }

  /** The nearest microsecond: what a table of timestamps keeps of a time in seconds. */
  static double whole(double seconds) {
    // A table has no time of minus zero.
    return Math.rint(seconds * MICROSECONDS) / MICROSECONDS + 0.0;
  }

  private static double seconds(Instant time) {
    int micros = time.getNano() / 1_000;
    return whole(time.getEpochSecond() + micros / MICROSECONDS);
  }
}
