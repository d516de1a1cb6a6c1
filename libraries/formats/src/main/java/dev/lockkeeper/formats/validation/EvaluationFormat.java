package dev.lockkeeper.formats.validation;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.ArtifactFields;
import dev.lockkeeper.formats.run.RunFields;
import java.util.List;

/** The stored result of validation (DSSE, signed by the validation role). */
public final class EvaluationFormat extends Format<Evaluation> {

  public static final EvaluationFormat INSTANCE = new EvaluationFormat();

  private EvaluationFormat() {
    super("validation result", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(Evaluation value, FieldWriter to) {
    to.put("passed", value.passed())
        .put("gates", value.gates(), GateFields::write)
        .put("metrics", value.metrics(), RunFields::write)
        .put("report", ArtifactFields.write(value.report()))
        .put("page", ArtifactFields.write(value.page()))
        .put("baseline", ArtifactFields.write(value.baseline()))
        .put("evidence", ArtifactFields.write(value.evidence()));
    if (!value.findings().isEmpty()) {
      to.put("findings", value.findings());
    }
    if (!value.changes().isEmpty()) {
      to.put("changes", value.changes(), ChangeFields::write);
    }
  }

  @Override
  protected Evaluation readFields(FieldReader from) {
    return new Evaluation(
        from.flag("passed"),
        from.list("gates", GateFields::read),
        from.list("metrics", RunFields::metric),
        from.has("findings") ? from.texts("findings") : List.of(),
        from.has("changes") ? from.list("changes", ChangeFields::read) : List.of(),
        ArtifactFields.read(from.object("report")),
        ArtifactFields.read(from.object("page")),
        ArtifactFields.read(from.object("baseline")),
        ArtifactFields.evidence(from.object("evidence")));
  }
}
