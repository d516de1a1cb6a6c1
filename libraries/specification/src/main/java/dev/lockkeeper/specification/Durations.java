package dev.lockkeeper.specification;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as pipelines and commands write them. */
public final class Durations {

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final Pattern SHORT = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");

  private Durations() {}

  /**
   * ISO 8601 ({@code PT30S}) or a number with a unit.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Duration parse(String text) {
    Matcher plain = SHORT.matcher(text);
    if (plain.matches()) {
      return unit(plain.group(2)).multipliedBy(Long.parseLong(plain.group(1)));
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A duration in the largest unit that it is a whole number of. */
  public static String text(Duration duration) {
    for (String unit : new String[] {"h", "m", "s"}) {
      Duration one = unit(unit);
      if (!duration.isZero() && one.multipliedBy(duration.dividedBy(one)).equals(duration)) {
        return duration.dividedBy(one) + unit;
      }
    }
    return duration.toMillis() + "ms";
  }

  private static Duration unit(String name) {
    return Objects.requireNonNull(UNITS.get(name));
  }
}
