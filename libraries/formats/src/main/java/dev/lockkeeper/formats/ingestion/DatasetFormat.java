package dev.lockkeeper.formats.ingestion;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;
import org.jspecify.annotations.Nullable;

/** The stored result of ingestion (DSSE, signed by the ingestion role). */
public final class DatasetFormat extends Format<Dataset> {

  public static final DatasetFormat INSTANCE = new DatasetFormat();

  private DatasetFormat() {
    super("ingestion result", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(Dataset value, FieldWriter to) {
    to.put("raw", ArtifactFields.write(value.raw()))
        .put("processed", processed(value))
        .put("rows", value.rows())
        .put("breaches", value.breaches(), DatasetFormat::breach)
        .put("report", ArtifactFields.write(value.report()))
        .put("evidence", ArtifactFields.write(value.evidence()));
  }

  @Override
  protected Dataset readFields(FieldReader from) {
    FieldReader processed = from.optionalObject("processed");
    return Dataset.recorded(
        null,
        ArtifactFields.read(from.object("raw")),
        processed == null ? null : ArtifactFields.read(processed),
        from.number("rows"),
        from.list("breaches", DatasetFormat::breach),
        ArtifactFields.read(from.object("report")),
        ArtifactFields.evidence(from.object("evidence")));
  }

  private static @Nullable FieldWriter processed(Dataset value) {
    return value instanceof Dataset.Accepted accepted
        ? ArtifactFields.write(accepted.processed())
        : null;
  }

  static FieldWriter breach(ContractBreach breach) {
    return new FieldWriter()
        .put("column", breach.column())
        .put("rule", breach.rule())
        .put("expected", breach.expected())
        .put("count", breach.count())
        .put("rows", breach.rows())
        .put("examples", breach.examples());
  }

  static ContractBreach breach(FieldReader from) {
    return new ContractBreach(
        from.text("column"),
        from.text("rule"),
        from.text("expected"),
        from.number("count"),
        from.number("rows"),
        from.texts("examples"));
  }
}
