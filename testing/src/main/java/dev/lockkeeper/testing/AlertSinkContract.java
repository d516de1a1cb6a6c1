package dev.lockkeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.Alert;
import dev.lockkeeper.stage.AlertSink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What any {@link AlertSink} must do. An implementation's test extends it, opens a sink whose
 * destination begins empty, and says how to read what arrived there.
 */
public abstract class AlertSinkContract {

  private static final int THREADS = 4;

  /** One line of an alert, as it arrived. */
  public record Arrived(String id, String subject, String message) {}

  /** The sink, with a destination that takes alerts. */
  protected abstract AlertSink sink();

  /** The sink, with a destination that does not answer. */
  protected abstract AlertSink unreachable();

  /** All that arrived at the destination of {@link #sink}, one entry a message, in order. */
  protected abstract List<Arrived> arrived();

  @Test
  void alert_hasArrivedWhenRaiseReturns() {
    sink().raise(alert("a", "taxi-tips@2", "decide until 18:00", "2 of 2 decisions are missing"));

    assertEquals(
        List.of(
            new Arrived("a", "taxi-tips@2", "decide until 18:00"),
            new Arrived("a", "taxi-tips@2", "2 of 2 decisions are missing")),
        arrived());
  }

  @Test
  void textWithSpecialCharacters_arrivesUnchanged() {
    String message = "\"zone <b>\u00e9\u4e2d</b>\" & 100 % {drift} \\ tab\there\nand a second line";

    sink().raise(alert("a", "s", message));

    assertEquals(List.of(new Arrived("a", "s", message)), arrived());
  }

  @Test
  void alertThatIsRaisedAgain_arrivesUnderItsId() {
    AlertSink sink = sink();
    sink.raise(alert("a", "s", "m"));
    sink.raise(alert("a", "s", "m"));
    sink.raise(alert("b", "s", "m"));

    List<String> ids = arrived().stream().map(Arrived::id).collect(Collectors.toList());

    assertEquals(List.of("a", "b"), ids.stream().distinct().collect(Collectors.toList()));
  }

  @Test
  void alertsOfSeveralThreads_allArrive() throws InterruptedException, ExecutionException {
    AlertSink sink = sink();
    ExecutorService stages = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> raised =
          IntStream.range(0, 5 * THREADS)
              .<Future<?>>mapToObj(i -> stages.submit(() -> sink.raise(alert("id-" + i, "s", "m"))))
              .collect(Collectors.toList());
      for (Future<?> one : raised) {
        one.get();
      }
    } finally {
      stages.shutdown();
    }
    Set<String> ids = arrived().stream().map(Arrived::id).collect(Collectors.toSet());

    assertEquals(
        IntStream.range(0, 5 * THREADS).mapToObj(i -> "id-" + i).collect(Collectors.toSet()), ids);
  }

  /** An alert that is lost in silence is the failure that a sink is there to prevent. */
  @Test
  void destinationThatDoesNotAnswer_failsTheCall() {
    RuntimeException failed =
        assertThrows(RuntimeException.class, () -> unreachable().raise(alert("a", "s", "m")));

    assertTrue(failed.getMessage() != null && !failed.getMessage().isBlank(), failed.toString());
  }

  private static Alert alert(String id, String subject, String... messages) {
    return new Alert(
        id, Role.MONITORING, subject, List.of(messages), Json.mapper().createObjectNode());
  }
}
