package dev.lockkeeper.formats.monitoring;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;

/** The stored result of comparing a window (DSSE, signed by the monitoring role). */
public final class WindowComparisonFormat extends Format<WindowComparison.Compared> {

  public static final WindowComparisonFormat INSTANCE = new WindowComparisonFormat();

  private WindowComparisonFormat() {
    super("monitoring result", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(WindowComparison.Compared value, FieldWriter to) {
    to.put("cursor", value.cursor())
        .put("rows", value.rows())
        .put("alerts", value.alerts(), WindowComparisonFormat::alert)
        .put("report", ArtifactFields.write(value.report()))
        .put("evidence", ArtifactFields.write(value.evidence()));
  }

  @Override
  protected WindowComparison.Compared readFields(FieldReader from) {
    return new WindowComparison.Compared(
        from.text("cursor"),
        from.number("rows"),
        from.list("alerts", WindowComparisonFormat::alert),
        ArtifactFields.read(from.object("report")),
        ArtifactFields.evidence(from.object("evidence")));
  }

  static FieldWriter alert(DriftAlert alert) {
    return new FieldWriter()
        .put("subject", alert.subject())
        .put("statistic", alert.statistic())
        .put("value", alert.value())
        .put("critical", alert.critical())
        .put("threshold", alert.threshold())
        .put("rows", alert.rows())
        .put("message", alert.message());
  }

  static DriftAlert alert(FieldReader from) {
    return new DriftAlert(
        from.text("subject"),
        from.text("statistic"),
        from.real("value"),
        from.real("critical"),
        from.real("threshold"),
        from.number("rows"),
        from.text("message"));
  }
}
