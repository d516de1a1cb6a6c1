package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.monitoring.DriftAlert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes alerts to the log, one warning each. */
final class LoggingAlertSink implements AlertSink {

  private static final Logger log = LoggerFactory.getLogger(LoggingAlertSink.class);

  @Override
  public void raise(RaisedAlerts alerts) {
    for (DriftAlert alert : alerts.alerts()) {
      log.warn(
          "drift at endpoint {}, {}@{}: {}",
          alerts.endpoint(),
          alerts.model(),
          alerts.version(),
          alert.message());
    }
  }
}
