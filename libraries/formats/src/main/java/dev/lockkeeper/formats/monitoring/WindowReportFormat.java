package dev.lockkeeper.formats.monitoring;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import java.util.List;

/** The report of a comparison (reports zone), named by the monitoring statement. */
public final class WindowReportFormat extends Format<WindowReport> {

  public static final WindowReportFormat INSTANCE = new WindowReportFormat();

  private WindowReportFormat() {
    super("window report", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(WindowReport value, FieldWriter to) {
    to.put("endpoint", value.endpoint())
        .put("model", value.model())
        .put("version", value.version())
        .put("packageRoot", value.packageRoot())
        .put("baselineDigest", value.baselineDigest())
        .put("baselineRows", value.baselineRows())
        .put("fromCursor", value.fromCursor())
        .put("toCursor", value.toCursor())
        .put("from", value.from())
        .put("to", value.to())
        .put("rows", value.rows())
        .put("unreadableLines", value.unreadableLines())
        .put("family", value.family())
        .put("subjects", value.subjects(), WindowReportFormat::subject)
        .put("alerts", value.alerts(), WindowComparisonFormat::alert);
    if (!value.untested().isEmpty()) {
      to.put("untested", value.untested());
    }
  }

  @Override
  protected WindowReport readFields(FieldReader from) {
    return new WindowReport(
        from.text("endpoint"),
        from.text("model"),
        from.text("version"),
        from.text("packageRoot"),
        from.text("baselineDigest"),
        from.number("baselineRows"),
        from.text("fromCursor"),
        from.text("toCursor"),
        from.time("from"),
        from.time("to"),
        from.number("rows"),
        from.integer("unreadableLines"),
        from.integer("family"),
        from.list("subjects", WindowReportFormat::subject),
        from.has("untested") ? from.texts("untested") : List.of(),
        from.list("alerts", WindowComparisonFormat::alert));
  }

  private static FieldWriter subject(WindowReport.Subject subject) {
    return new FieldWriter()
        .put("name", subject.name())
        .put("psi", subject.psi())
        .put("critical", subject.critical())
        .put("pValue", subject.pValue())
        .put("adjustedPValue", subject.adjustedPValue())
        .put("bins", subject.bins())
        .put("reference", subject.reference())
        .put("window", subject.window());
  }

  private static WindowReport.Subject subject(FieldReader from) {
    return new WindowReport.Subject(
        from.text("name"),
        from.real("psi"),
        from.real("critical"),
        from.real("pValue"),
        from.real("adjustedPValue"),
        from.integer("bins"),
        from.numbers("reference"),
        from.numbers("window"));
  }
}
