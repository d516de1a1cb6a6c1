package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/**
 * The report of a data set against its contract. {@code accepted} is written for people and other
 * programs; a reader here takes it from the breaches.
 */
public final class ContractReportFormat extends Format<ContractReport> {

  public static final ContractReportFormat INSTANCE = new ContractReportFormat();

  private ContractReportFormat() {
    super("contract report", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(ContractReport value, FieldWriter to) {
    to.put("run", value.run())
        .put("source", value.source())
        .put("sourceSha256", value.sourceSha256())
        .put("contract", value.contract())
        .put("contractVersion", value.contractVersion())
        .put("contractSha256", value.contractSha256())
        .put("rows", value.rows())
        .put("accepted", value.accepted())
        .put("breaches", value.breaches(), DatasetFormat::breach);
  }

  @Override
  protected ContractReport readFields(FieldReader from) {
    return new ContractReport(
        from.text("run"),
        from.text("source"),
        from.text("sourceSha256"),
        from.text("contract"),
        from.text("contractVersion"),
        from.text("contractSha256"),
        from.number("rows"),
        from.list("breaches", DatasetFormat::breach));
  }
}
