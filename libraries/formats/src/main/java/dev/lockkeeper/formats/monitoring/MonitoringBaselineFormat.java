package dev.lockkeeper.formats.monitoring;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/** {@code baseline.json}: a file of the package, named by the gate statement. */
public final class MonitoringBaselineFormat extends Format<MonitoringBaseline> {

  public static final MonitoringBaselineFormat INSTANCE = new MonitoringBaselineFormat();

  private MonitoringBaselineFormat() {
    super("monitoring baseline", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(MonitoringBaseline value, FieldWriter to) {
    to.put("rows", value.rows())
        .put(
            "histograms",
            value.histograms(),
            histogram ->
                new FieldWriter()
                    .put("name", histogram.name())
                    .put("edges", histogram.edges())
                    .put("counts", histogram.counts())
                    .put("missing", histogram.missing()));
  }

  @Override
  protected MonitoringBaseline readFields(FieldReader from) {
    return new MonitoringBaseline(
        from.number("rows"),
        from.list(
            "histograms",
            histogram ->
                new MonitoringBaseline.Histogram(
                    histogram.text("name"),
                    histogram.reals("edges"),
                    histogram.numbers("counts"),
                    histogram.number("missing"))));
  }
}
