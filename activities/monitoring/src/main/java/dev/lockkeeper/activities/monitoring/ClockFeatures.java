package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Features that read the clock or the calendar. A window of five minutes has one hour and the
 * baseline has all of them, so such a feature is compared only in a window that goes once around.
 *
 * @param cycles how long once around is, by feature
 */
record ClockFeatures(Map<String, Duration> cycles) {

  private static final Map<Pattern, Duration> CYCLES =
      Map.of(
          calls("hour"), Duration.ofDays(1),
          calls("day_of_week"), Duration.ofDays(7),
          calls("day_of_month"), Duration.ofDays(31),
          calls("month"), Duration.ofDays(366));

  static ClockFeatures of(FeatureSetSpecification features) {
    Map<String, Duration> cycles = new HashMap<>();
    for (FeatureSpecification feature : features.features()) {
      CYCLES.forEach(
          (pattern, cycle) -> {
            if (pattern.matcher(feature.expression()).find()) {
              cycles.merge(feature.name(), cycle, (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
          });
    }
    return new ClockFeatures(Map.copyOf(cycles));
  }

  private static Pattern calls(String function) {
    return Pattern.compile("\\b" + function + "\\s*\\(");
  }

  /** The subjects that a window between two times is too short for. */
  List<String> tooLongFor(Instant from, Instant to) {
    Duration window = Duration.between(from, to);
    return cycles.entrySet().stream()
        .filter(cycle -> cycle.getValue().compareTo(window) > 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
