package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Where alerts go. Implementations are found with {@link ServiceLoader}. An alert may come twice
 * after a crash, with the same {@link RaisedAlerts#id}.
 */
public interface AlertSink {

  /** Takes the alerts of one comparison; there is at least one. */
  void raise(RaisedAlerts alerts);

  /** The log, the evidence zone, and every sink that {@link ServiceLoader} finds. */
  static AlertSink standard(StageContext context) {
    List<AlertSink> sinks =
        new ArrayList<>(List.of(new LoggingAlertSink(), new EvidenceAlertSink(context)));
    ServiceLoader.load(AlertSink.class).forEach(sinks::add);
    return alerts -> sinks.forEach(sink -> sink.raise(alerts));
  }
}
