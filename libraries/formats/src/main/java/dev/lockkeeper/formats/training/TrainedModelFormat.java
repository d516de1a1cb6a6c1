package dev.lockkeeper.formats.training;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;

/** The stored result of training (DSSE, signed by the training role). */
public final class TrainedModelFormat extends Format<TrainedModel> {

  public static final TrainedModelFormat INSTANCE = new TrainedModelFormat();

  private TrainedModelFormat() {
    super("training result", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(TrainedModel value, FieldWriter to) {
    to.put("model", ArtifactFields.write(value.model()))
        .put("record", ArtifactFields.write(value.record()))
        .put("trainer", value.trainer())
        .put("isolation", value.isolation())
        .put("evidence", ArtifactFields.write(value.evidence()));
  }

  @Override
  protected TrainedModel readFields(FieldReader from) {
    return new TrainedModel(
        ArtifactFields.read(from.object("model")),
        ArtifactFields.read(from.object("record")),
        from.text("trainer"),
        from.text("isolation"),
        ArtifactFields.evidence(from.object("evidence")));
  }
}
