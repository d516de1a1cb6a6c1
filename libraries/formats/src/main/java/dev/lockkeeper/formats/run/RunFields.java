package dev.lockkeeper.formats.run;

import dev.lockkeeper.formats.FieldReader;
import dev.lockkeeper.formats.FieldWriter;

/** Runs and metrics as parts of documents. */
public final class RunFields {

  private RunFields() {}

  public static FieldWriter write(RunContext run) {
    return new FieldWriter()
        .put("runId", run.runId())
        .put("workflowRunId", run.workflowRunId())
        .put("namespace", run.namespace())
        .put("model", run.model())
        .put("version", run.version())
        .put("startedBy", run.startedBy())
        .put("specificationDigest", run.specificationDigest());
  }

  public static RunContext run(FieldReader from) {
    return new RunContext(
        from.text("runId"),
        from.text("workflowRunId"),
        from.text("namespace"),
        from.text("model"),
        from.text("version"),
        from.text("startedBy"),
        from.text("specificationDigest"));
  }

  public static FieldWriter write(MetricValue metric) {
    return new FieldWriter()
        .put("name", metric.name())
        .put("value", metric.value())
        .put("low", metric.low())
        .put("high", metric.high())
        .put("baseline", metric.baseline());
  }

  public static MetricValue metric(FieldReader from) {
    return new MetricValue(
        from.text("name"),
        from.real("value"),
        from.real("low"),
        from.real("high"),
        from.optionalReal("baseline"));
  }
}
