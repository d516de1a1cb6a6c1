package dev.lockkeeper.formats.monitoring;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;
import dev.lockkeeper.formats.artifact.Evidence;
import org.jspecify.annotations.Nullable;

/** The stored result of comparing a window (DSSE, signed by the monitoring role). */
public final class WindowComparisonFormat extends Format<WindowComparison> {

  public static final WindowComparisonFormat INSTANCE = new WindowComparisonFormat();

  private WindowComparisonFormat() {
    super("monitoring result", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(WindowComparison value, FieldWriter to) {
    to.put("cursor", value.cursor())
        .put("rows", value.rows())
        .put("alerts", value.alerts(), WindowComparisonFormat::alert)
        .put("report", ArtifactFields.optional(value.report()))
        .put("evidence", evidence(value.evidence()));
  }

  @Override
  protected WindowComparison readFields(FieldReader from) {
    FieldReader report = from.optionalObject("report");
    FieldReader evidence = from.optionalObject("evidence");
    return new WindowComparison(
        from.text("cursor"),
        from.number("rows"),
        from.list("alerts", WindowComparisonFormat::alert),
        report == null ? null : ArtifactFields.read(report),
        evidence == null ? null : ArtifactFields.evidence(evidence));
  }

  private static @Nullable FieldWriter evidence(@Nullable Evidence evidence) {
    return evidence == null ? null : ArtifactFields.write(evidence);
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
