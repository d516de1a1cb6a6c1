package dev.lockkeeper.activities.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.FeatureSpecification;
import dev.lockkeeper.formats.features.LabelSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockFeaturesTest {

  private static final Instant START = Instant.parse("2026-11-23T20:00:00Z");

  private static final ClockFeatures CLOCK =
      ClockFeatures.of(
          new FeatureSetSpecification(
              "1",
              null,
              List.of(
                  new FeatureSpecification("late", "hour (pickup) > 20"),
                  new FeatureSpecification("rush", "day_of_week(t) < 6 && hour(t) == 8"),
                  new FeatureSpecification("hours", "hour_rate * 2"),
                  new FeatureSpecification("seconds", "dropoff - pickup")),
              new LabelSpecification("tipped", "tips > 0")));

  private static List<String> untested(Duration window) {
    return CLOCK.tooLongFor(START, START.plus(window));
  }

  @Test
  void window_isComparedWithAFeatureOfTheClockOnceItGoesAround() {
    assertEquals(List.of("late", "rush"), untested(Duration.ofMinutes(5)));
    assertEquals(List.of("rush"), untested(Duration.ofDays(1)));
    assertEquals(List.of(), untested(Duration.ofDays(7)));
  }
}
