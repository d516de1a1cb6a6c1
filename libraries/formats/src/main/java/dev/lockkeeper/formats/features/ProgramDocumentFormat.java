package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.ingestion.ColumnType;

/**
 * {@code features.json}: a file of the package. The SHA-256 of its bytes is the feature set's
 * digest. It is closed: a field that a runtime leaves alone could change what is computed.
 */
public final class ProgramDocumentFormat extends Format<ProgramDocument> {

  public static final ProgramDocumentFormat INSTANCE = new ProgramDocumentFormat();

  private ProgramDocumentFormat() {
    super("feature program", 1, UnknownFields.REFUSED);
  }

  @Override
  protected void write(ProgramDocument value, FieldWriter to) {
    to.put("language", value.language())
        .put("features", FeatureSetFields.write(value.features()))
        .put(
            "columns",
            value.columns(),
            column -> new FieldWriter().put("name", column.name()).put("type", column.type()));
  }

  @Override
  protected ProgramDocument readFields(FieldReader from) {
    return new ProgramDocument(
        from.text("language"),
        FeatureSetFields.read(from.object("features")),
        from.list(
            "columns",
            column ->
                new ProgramDocument.Column(
                    column.text("name"), column.constant("type", ColumnType.class))));
  }
}
