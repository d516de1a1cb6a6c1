package dev.lockkeeper.formats.validation;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;

/** What a gate found, as a part of documents. */
public final class GateFields {

  private GateFields() {}

  public static FieldWriter write(GateResult gate) {
    return new FieldWriter()
        .put("gate", gate.gate())
        .put("outcome", gate.outcome())
        .put("blocking", gate.blocking())
        .put("value", gate.value())
        .put("low", gate.low())
        .put("high", gate.high())
        .put("threshold", gate.threshold())
        .put("power", gate.power())
        .put("message", gate.message());
  }

  public static GateResult read(FieldReader from) {
    return new GateResult(
        from.text("gate"),
        from.constant("outcome", GateOutcome.class),
        from.flag("blocking"),
        from.real("value"),
        from.optionalReal("low"),
        from.optionalReal("high"),
        from.real("threshold"),
        from.optionalReal("power"),
        from.text("message"));
  }
}
