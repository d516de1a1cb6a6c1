package dev.lockkeeper.formats.registry;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.run.RunFields;
import dev.lockkeeper.formats.validation.GateFields;

/** The record of a version, a file of its package ({@value PackageFile#RECORD}). */
public final class ModelRecordFormat extends Format<ModelRecord> {

  public static final ModelRecordFormat INSTANCE = new ModelRecordFormat();

  private ModelRecordFormat() {
    super("model record", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(ModelRecord value, FieldWriter to) {
    to.put("run", RunFields.write(value.run()))
        .put("description", value.description())
        .put("code", write(value.code()))
        .put("contract", value.contract())
        .put("data", value.data())
        .put("rows", value.rows())
        .put("trainer", value.trainer())
        .put("seed", value.seed())
        .put("hyperparameters", value.hyperparameters())
        .put("trainingRecord", value.trainingRecord())
        .put("onnx", write(value.onnx()))
        .put("metrics", value.metrics(), RunFields::write)
        .put("gates", value.gates(), GateFields::write);
  }

  @Override
  protected ModelRecord readFields(FieldReader from) {
    return new ModelRecord(
        RunFields.run(from.object("run")),
        from.text("description"),
        code(from.object("code")),
        from.text("contract"),
        from.textMap("data"),
        from.numberMap("rows"),
        from.text("trainer"),
        from.number("seed"),
        from.textMap("hyperparameters"),
        from.any("trainingRecord"),
        onnx(from.object("onnx")),
        from.list("metrics", RunFields::metric),
        from.list("gates", GateFields::read));
  }

  private static FieldWriter write(CodeVersion code) {
    return new FieldWriter()
        .put("lockkeeper", code.lockkeeper())
        .put("revision", code.revision())
        .put("java", code.java())
        .put("system", code.system());
  }

  private static CodeVersion code(FieldReader from) {
    return new CodeVersion(
        from.text("lockkeeper"),
        from.optionalText("revision"),
        from.text("java"),
        from.text("system"));
  }

  private static FieldWriter write(ModelRecord.Onnx onnx) {
    return new FieldWriter()
        .put("irVersion", onnx.irVersion())
        .put("operatorSets", onnx.operatorSets())
        .put("operators", onnx.operators());
  }

  private static ModelRecord.Onnx onnx(FieldReader from) {
    return new ModelRecord.Onnx(
        from.number("irVersion"), from.numberMap("operatorSets"), from.numberMap("operators"));
  }
}
