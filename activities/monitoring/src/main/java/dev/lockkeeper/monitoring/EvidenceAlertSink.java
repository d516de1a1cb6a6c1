package dev.lockkeeper.monitoring;

import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Json;

/**
 * Keeps alerts in the evidence zone under {@code alerts/ENDPOINT/ID.json}, once.
 *
 * @param desk the desk of the monitoring role
 */
record EvidenceAlertSink(Desk desk) implements AlertSink {

  @Override
  public void raise(RaisedAlerts alerts) {
    desk.store()
        .putNamed(
            Zone.EVIDENCE,
            "alerts/" + alerts.endpoint() + "/" + alerts.id() + ".json",
            Json.canonicalBytes(alerts));
  }
}
