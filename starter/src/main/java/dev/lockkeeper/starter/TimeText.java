package dev.lockkeeper.starter;

import java.time.Duration;
import java.time.Instant;

/** Times as people say them. */
final class TimeText {

  private TimeText() {}

  /** How long ago, for example {@code 3 min ago}. */
  static String ago(Instant then, Instant now) {
    return span(then, now) + " ago";
  }

  /** How long from one time to another, in its largest unit. */
  static String span(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    if (time.toDays() > 0) {
      return time.toDays() + " d";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h";
    }
    if (time.toMinutes() > 0) {
      return time.toMinutes() + " min";
    }
    return Math.max(0, time.toSeconds()) + " s";
  }
}
