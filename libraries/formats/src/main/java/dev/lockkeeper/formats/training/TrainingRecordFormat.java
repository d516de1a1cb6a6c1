package dev.lockkeeper.formats.training;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;
import dev.lockkeeper.formats.Format;

/** The training stage's record, stored and part of its signed statement. */
public final class TrainingRecordFormat extends Format<TrainingRecord> {

  public static final TrainingRecordFormat INSTANCE = new TrainingRecordFormat();

  private TrainingRecordFormat() {
    super("training record", 1, UnknownFields.IGNORED);
  }

  @Override
  protected void write(TrainingRecord value, FieldWriter to) {
    to.put("trainer", value.trainer())
        .put("seed", value.seed())
        .put("hyperparameters", value.hyperparameters())
        .put("trainingRows", value.trainingRows())
        .put("isolation", value.isolation())
        .put("resumedFrom", value.resumedFrom())
        .put("environment", value.environment())
        .put("phases", value.phases(), TrainingRecordFormat::write);
  }

  @Override
  protected TrainingRecord readFields(FieldReader from) {
    return new TrainingRecord(
        from.text("trainer"),
        from.number("seed"),
        from.textMap("hyperparameters"),
        from.number("trainingRows"),
        from.text("isolation"),
        from.optionalText("resumedFrom"),
        from.textMap("environment"),
        from.list("phases", TrainingRecordFormat::phase));
  }

  private static FieldWriter write(TrainingRecord.Phase phase) {
    return new FieldWriter()
        .put("name", phase.name())
        .put("startMicros", phase.startMicros())
        .put("endMicros", phase.endMicros());
  }

  private static TrainingRecord.Phase phase(FieldReader from) {
    return new TrainingRecord.Phase(
        from.text("name"), from.number("startMicros"), from.number("endMicros"));
  }
}
