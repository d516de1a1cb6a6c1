package dev.lockkeeper.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Where alerts go: reminders of the approval stage, drift that the monitoring stage finds.
 * Implementations are found with {@link ServiceLoader}, beside the log. An alert may come twice
 * after a crash, with the same {@link Alert#id}.
 */
public interface AlertSink {

  /**
   * Takes an alert. An exception fails the attempt of the stage that raised it, which is tried
   * again.
   */
  void raise(Alert alert);

  /** The log, and every sink that {@link ServiceLoader} finds. */
  static AlertSink installed() {
    List<AlertSink> sinks = new ArrayList<>(List.of(new LogAlerts()));
    ServiceLoader.load(AlertSink.class).forEach(sinks::add);
    return alert -> sinks.forEach(sink -> sink.raise(alert));
  }
}
