package dev.lockkeeper.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "-5, 0 s ago",
    "0, 0 s ago",
    "59, 59 s ago",
    "60, 1 min ago",
    "3599, 59 min ago",
    "3600, 1 h ago",
    "86399, 23 h ago",
    "86400, 1 d ago",
    "8640000, 100 d ago"
  })
  void time_isSaidInItsLargestUnit(long seconds, String said) {
    assertEquals(said, TimeText.ago(NOW.minusSeconds(seconds), NOW));
  }
}
