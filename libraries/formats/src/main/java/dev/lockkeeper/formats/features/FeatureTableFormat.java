package dev.lockkeeper.formats.features;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;

/** The stored result of the features stage (DSSE, signed by the features role). */
public final class FeatureTableFormat extends Format<FeatureTable> {

  public static final FeatureTableFormat INSTANCE = new FeatureTableFormat();

  private FeatureTableFormat() {
    super("features result", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(FeatureTable value, FieldWriter to) {
    AppliedSplit split = value.split();
    to.put("program", ArtifactFields.write(value.program()))
        .put("featureNames", value.featureNames())
        .put("labelName", value.labelName())
        .put("training", ArtifactFields.write(value.training()))
        .put("holdout", ArtifactFields.write(value.holdout()))
        .put("trainingRows", value.trainingRows())
        .put("holdoutRows", value.holdoutRows())
        .put("filteredRows", value.filteredRows())
        .put("split", split == null ? null : AppliedSplitFormat.INSTANCE.fields(split))
        .put("evidence", ArtifactFields.write(value.evidence()));
  }

  @Override
  protected FeatureTable readFields(FieldReader from) {
    FieldReader split = from.optionalObject("split");
    return new FeatureTable(
        ArtifactFields.read(from.object("program")),
        from.texts("featureNames"),
        from.text("labelName"),
        ArtifactFields.read(from.object("training")),
        ArtifactFields.read(from.object("holdout")),
        from.number("trainingRows"),
        from.number("holdoutRows"),
        from.number("filteredRows"),
        split == null ? null : AppliedSplitFormat.INSTANCE.read(split),
        ArtifactFields.evidence(from.object("evidence")));
  }
}
