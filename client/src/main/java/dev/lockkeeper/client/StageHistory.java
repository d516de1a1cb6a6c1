package dev.lockkeeper.client;

import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.StageState;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.formats.run.RunId;
import dev.lockkeeper.formats.run.Stage;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a run came that cannot answer any more, by its history: workers on SDK 1.39.0 do not
 * replay a run that was terminated, and a run that is over may have no worker left.
 *
 * @param client a client of the server
 */
record StageHistory(WorkflowClient client) {

  /**
   * The stages: those that another one followed are done, the last one that began ended with the
   * run. What they left is known to the run alone.
   *
   * @param run which run
   * @param closed when it ended
   * @param message how it ended
   */
  List<StageStatus> of(RunId run, @Nullable Instant closed, String message) {
    Map<Stage, Instant> began = new EnumMap<>(Stage.class);
    Map<Stage, Integer> attempts = new EnumMap<>(Stage.class);
    Stage current = null;
    Instant last = Instant.EPOCH;
    for (HistoryEvent event : history(run)) {
      last = time(event);
      Stage next = stageOf(event);
      if (next != null) {
        current = next;
        began.putIfAbsent(next, last);
      } else if (current != null && event.hasActivityTaskStartedEventAttributes()) {
        int attempt = event.getActivityTaskStartedEventAttributes().getAttempt();
        attempts.merge(current, attempt, Math::max);
      }
    }
    Instant end = closed == null ? last : closed;
    return stages(began, attempts, end, message);
  }

  private List<HistoryEvent> history(RunId run) {
    return Calls.call("run " + run, () -> client.fetchHistory(run.toString())).getEvents();
  }

  private static List<StageStatus> stages(
      Map<Stage, Instant> began, Map<Stage, Integer> attempts, Instant end, String message) {
    List<Stage> begun = List.copyOf(began.keySet());
    List<StageStatus> stages = new ArrayList<>(begun.size());
    for (int i = 0; i < begun.size(); i++) {
      Stage stage = begun.get(i);
      boolean last = i == begun.size() - 1;
      Instant start = began.get(stage);
      Instant over = last ? end : began.get(begun.get(i + 1));
      stages.add(
          new StageStatus(
              stage,
              last ? StageState.FAILED : StageState.DONE,
              Duration.between(start, over).toMillis() / 1000.0,
              attempts.getOrDefault(stage, 1),
              null,
              last ? message : "",
              start));
    }
    Arrays.stream(Stage.values())
        .filter(stage -> !began.containsKey(stage))
        .map(StageStatus::pending)
        .forEach(stages::add);
    return stages;
  }

  private static @Nullable Stage stageOf(HistoryEvent event) {
    Payload value =
        event
            .getUpsertWorkflowSearchAttributesEventAttributes()
            .getSearchAttributes()
            .getIndexedFieldsMap()
            .get(SearchAttributes.PIPELINE_STAGE.getName());
    if (value == null) {
      return null;
    }
    String label =
        DefaultDataConverter.STANDARD_INSTANCE.fromPayload(value, String.class, String.class);
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.label().equals(label))
        .findFirst()
        .orElse(null);
  }

  private static Instant time(HistoryEvent event) {
    return Instant.ofEpochSecond(
        event.getEventTime().getSeconds(), event.getEventTime().getNanos());
  }
}
