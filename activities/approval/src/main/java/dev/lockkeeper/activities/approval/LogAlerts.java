package dev.lockkeeper.activities.approval;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells by the log, which every deployment has. */
final class LogAlerts implements AlertSink {
  private static final Logger LOG = LoggerFactory.getLogger("dev.lockkeeper.alerts");

  @Override
  public void raise(String subject, String text) {
    LOG.warn("{}: {}", subject, text);
  }
}
