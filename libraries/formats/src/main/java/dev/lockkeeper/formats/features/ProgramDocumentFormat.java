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
    FeatureSetSpecification features = value.features();
    to.put("language", value.language())
        .put(
            "features",
            new FieldWriter()
                .put("version", features.version())
                .put("rowFilter", features.rowFilter())
                .put(
                    "features",
                    features.features(),
                    feature -> expression(feature.name(), feature.expression()))
                .put("label", expression(features.label().name(), features.label().expression())))
        .put(
            "columns",
            value.columns(),
            column -> new FieldWriter().put("name", column.name()).put("type", column.type()));
  }

  @Override
  protected ProgramDocument readFields(FieldReader from) {
    String language = from.text("language");
    FieldReader features = from.object("features");
    FieldReader label = features.object("label");
    return new ProgramDocument(
        language,
        new FeatureSetSpecification(
            features.text("version"),
            features.optionalText("rowFilter"),
            features.list(
                "features",
                feature ->
                    new FeatureSpecification(feature.text("name"), feature.text("expression"))),
            new LabelSpecification(label.text("name"), label.text("expression"))),
        from.list(
            "columns",
            column ->
                new ProgramDocument.Column(
                    column.text("name"), column.constant("type", ColumnType.class))));
  }

  private static FieldWriter expression(String name, String expression) {
    return new FieldWriter().put("name", name).put("expression", expression);
  }
}
