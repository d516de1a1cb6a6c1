package dev.lockkeeper.stage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes alerts to the log, one warning a line: every deployment has one. */
final class LogAlerts implements AlertSink {

  private static final Logger LOG = LoggerFactory.getLogger("dev.lockkeeper.alerts");

  @Override
  public void raise(Alert alert) {
    alert.messages().forEach(message -> LOG.warn("{}: {}", alert.subject(), message));
  }
}
