package dev.lockkeeper.activities.monitoring;

import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.stage.StageContext;

/**
 * Keeps alerts in the evidence zone under {@code alerts/ENDPOINT/ID.json}, once.
 *
 * @param context the context of the monitoring role
 */
record EvidenceAlertSink(StageContext context) implements AlertSink {

  @Override
  public void raise(RaisedAlerts alerts) {
    context
        .store()
        .putNamed(
            Zone.EVIDENCE,
            "alerts/" + alerts.endpoint() + "/" + alerts.id() + ".json",
            Json.canonicalBytes(alerts));
  }
}
