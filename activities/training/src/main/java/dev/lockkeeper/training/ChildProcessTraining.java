package dev.lockkeeper.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.contracts.artifact.ArtifactRef;
import dev.lockkeeper.contracts.artifact.Zone;
import dev.lockkeeper.contracts.features.FeatureTable;
import dev.lockkeeper.contracts.run.Role;
import dev.lockkeeper.contracts.training.TrainModelInput;
import dev.lockkeeper.contracts.training.TrainedModel;
import dev.lockkeeper.contracts.training.TrainingActivities;
import dev.lockkeeper.custody.Desk;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.Material;
import dev.lockkeeper.custody.Subject;
import dev.lockkeeper.stage.StageAttempt;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Trains in a child process and signs what came of it. */
final class ChildProcessTraining implements TrainingActivities {

  private final Desk desk;

  ChildProcessTraining(Desk desk) {
    this.desk = desk;
  }

  @Override
  public TrainedModel trainModel(TrainModelInput input) {
    List<?> inputs =
        List.of(
            input.features().training().sha256(),
            input.features().program().sha256(),
            input.training());
    return StageAttempt.once(
        desk,
        input.run().runId(),
        inputs,
        TrainedModel.class,
        (attempt, folder) -> train(input, attempt, folder));
  }

  private TrainedModel train(TrainModelInput input, StageAttempt attempt, Path folder)
      throws IOException {
    FeatureTable features = input.features();
    desk.accept(features.evidence(), Role.FEATURES, features.training(), features.program());
    Path table = desk.store().localCopy(features.training(), folder);
    TrainingJob job =
        new TrainingJob(
            input.training().trainer(),
            input.training().seed(),
            input.training().parameters(),
            table.toString(),
            features.featureNames(),
            features.labelName());
    Isolation isolation = Isolation.best();
    TrainingReport report =
        TrainingChild.start(job, folder, isolation).await(() -> attempt.heartbeat("training"));
    trace(report);
    ArtifactRef model =
        desk.store().put(Zone.CANDIDATES, folder.resolve("model.onnx"), "application/onnx");
    ArtifactRef record =
        desk.store()
            .put(
                Zone.CANDIDATES,
                Json.canonicalBytes(record(input, isolation, report)),
                "application/json");
    byte[] statement =
        desk.signer()
            .provenance(
                input.run(),
                List.of(
                    new Subject("model.onnx", model.sha256()),
                    new Subject("training.json", record.sha256())),
                List.of(
                    new Material(features.training().uri(), features.training().sha256()),
                    new Material(features.program().uri(), features.program().sha256())),
                record(input, isolation, report));
    return new TrainedModel(
        model, record, input.training().trainer(), isolation.label(), attempt.evidence(statement));
  }

  private static ObjectNode record(
      TrainModelInput input, Isolation isolation, TrainingReport report) {
    ObjectNode record = Json.mapper().createObjectNode();
    record.put("trainer", input.training().trainer());
    record.put("seed", input.training().seed());
    record.set("hyperparameters", Json.mapper().valueToTree(report.parameters()));
    record.put("trainingRows", report.rows());
    record.put("isolation", isolation.label());
    record.set("environment", Json.mapper().valueToTree(report.environment()));
    record.set("phases", Json.mapper().valueToTree(report.phases()));
    return record;
  }

  /**
   * The child has no network to export spans over, so its phases become spans here, at the times it
   * told.
   */
  private static void trace(TrainingReport report) {
    Tracer tracer = GlobalOpenTelemetry.getTracer("dev.lockkeeper.training");
    for (TrainingReport.Phase phase : report.phases()) {
      tracer
          .spanBuilder("training process: " + phase.name())
          .setStartTimestamp(phase.startMicros(), TimeUnit.MICROSECONDS)
          .setAttribute("process.pid", report.pid())
          .startSpan()
          .end(phase.endMicros(), TimeUnit.MICROSECONDS);
    }
  }
}
