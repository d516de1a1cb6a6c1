package dev.lockkeeper.formats.monitoring;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/**
 * The alerts of a comparison as they are stored ({@code alerts/ENDPOINT/ID.json}, evidence zone).
 */
public final class RaisedAlertsFormat extends Format<RaisedAlerts> {

  public static final RaisedAlertsFormat INSTANCE = new RaisedAlertsFormat();

  private RaisedAlertsFormat() {
    super("raised alerts", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(RaisedAlerts value, FieldWriter to) {
    to.put("id", value.id())
        .put("endpoint", value.endpoint())
        .put("model", value.model())
        .put("version", value.version())
        .put("from", value.from())
        .put("to", value.to())
        .put("alerts", value.alerts(), WindowComparisonFormat::alert);
  }

  @Override
  protected RaisedAlerts readFields(FieldReader from) {
    return new RaisedAlerts(
        from.text("id"),
        from.text("endpoint"),
        from.text("model"),
        from.text("version"),
        from.time("from"),
        from.time("to"),
        from.list("alerts", WindowComparisonFormat::alert));
  }
}
