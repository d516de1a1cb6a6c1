package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;

/** A feature set as a part of documents. */
public final class FeatureSetFields {

  private FeatureSetFields() {}

  public static FieldWriter write(FeatureSetSpecification features) {
    LabelSpecification label = features.label();
    return new FieldWriter()
        .put("version", features.version())
        .put("rowFilter", features.rowFilter())
        .put(
            "features",
            features.features(),
            feature -> expression(feature.name(), feature.expression()))
        .put("label", expression(label.name(), label.expression()));
  }

  public static FeatureSetSpecification read(FieldReader from) {
    FieldReader label = from.object("label");
    return new FeatureSetSpecification(
        from.text("version"),
        from.optionalText("rowFilter"),
        from.list(
            "features",
            feature -> new FeatureSpecification(feature.text("name"), feature.text("expression"))),
        new LabelSpecification(label.text("name"), label.text("expression")));
  }

  private static FieldWriter expression(String name, String expression) {
    return new FieldWriter().put("name", name).put("expression", expression);
  }
}
