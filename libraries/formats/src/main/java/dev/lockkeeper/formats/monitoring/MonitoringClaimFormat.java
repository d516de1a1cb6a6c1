package dev.lockkeeper.formats.monitoring;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/** The predicate of the monitoring statement (in-toto, signed by the monitoring role). */
public final class MonitoringClaimFormat extends Format<MonitoringClaim> {

  public static final MonitoringClaimFormat INSTANCE = new MonitoringClaimFormat();

  /** The statement's predicate type. */
  public static final String PREDICATE = "https://lockkeeper.dev/attestation/monitoring-window/v1";

  private MonitoringClaimFormat() {
    super("monitoring predicate", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(MonitoringClaim value, FieldWriter to) {
    to.put("endpoint", value.endpoint())
        .put("packageRoot", value.packageRoot())
        .put("baseline", value.baseline())
        .put("fromCursor", value.fromCursor())
        .put("toCursor", value.toCursor())
        .put("from", value.from())
        .put("to", value.to())
        .put("rows", value.rows())
        .put("drifted", value.drifted());
  }

  @Override
  protected MonitoringClaim readFields(FieldReader from) {
    return new MonitoringClaim(
        from.text("endpoint"),
        from.text("packageRoot"),
        from.text("baseline"),
        from.text("fromCursor"),
        from.text("toCursor"),
        from.time("from"),
        from.time("to"),
        from.number("rows"),
        from.texts("drifted"));
  }
}
