package dev.lockkeeper.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.workflows.run.LostWorker;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostWorkerTest {

  @Test
  void everyCallOfARun_hasTheTimeOfThePipelinesWorker() {
    try (WorkflowFixture fixture = new WorkflowFixture(new LostWorker(Duration.ofSeconds(7)))) {
      WorkflowFixture.end(fixture.startApproved("1"));
      List<ActivityTaskScheduledEventAttributes> calls =
          List.of("tips@1", "canary/tips").stream()
              .flatMap(id -> fixture.client.fetchHistory(id).getEvents().stream())
              .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
              .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
              .toList();

      assertTrue(calls.size() > 10, calls.toString());
      for (ActivityTaskScheduledEventAttributes call : calls) {
        assertEquals(7, call.getHeartbeatTimeout().getSeconds(), call.getActivityType().getName());
        assertTrue(call.getStartToCloseTimeout().getSeconds() >= 60, call.toString());
      }
    }
  }

  @Test
  void variable_isSecondsWithinBounds() {
    assertEquals(20, LostWorker.of(Map.of()).after().toSeconds());
    assertEquals(5, LostWorker.of(Map.of(LostWorker.VARIABLE, "5")).after().toSeconds());
    assertEquals(
        "LOCKKEEPER_LOST_AFTER_SECONDS: expected seconds from 5 to 3600, got 4", refusal("4"));
    assertEquals(
        "LOCKKEEPER_LOST_AFTER_SECONDS: expected a number of seconds such as 20, got '20s'",
        refusal("20s"));
  }

  private static String refusal(String given) {
    return assertThrows(
            IllegalArgumentException.class, () -> LostWorker.of(Map.of(LostWorker.VARIABLE, given)))
        .getMessage();
  }
}
