package dev.lockkeeper.formats.ingestion;

/**
 * How a time is written where its column has no format of its own, in a source file and in a
 * request alike. Both are regular expressions, for RE2 and for {@link java.util.regex}, of a whole
 * value; a calendar time must exist too. There is no offset: a time is UTC.
 */
public final class TimeForms {

  /** Seconds since 1970. Thirteen digits would be milliseconds. */
  public static final String SECONDS = "-?[0-9]{1,12}([.][0-9]+)?";

  /** {@code 2019-02-07}, {@code 2019-02-07 15:48}, {@code 2019-02-07T15:48:06.25Z}. */
  public static final String CALENDAR =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}"
          + "([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?Z?)?";

  /** Seconds that are a number and no string lie between this and its negative. */
  public static final double SECONDS_BELOW = 1e12;

  private TimeForms() {}
}
