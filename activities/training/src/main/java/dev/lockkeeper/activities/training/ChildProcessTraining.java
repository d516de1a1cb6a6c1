package dev.lockkeeper.activities.training;

import dev.lockkeeper.attestation.Material;
import dev.lockkeeper.attestation.Subject;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.training.TrainModelInput;
import dev.lockkeeper.contracts.training.TrainingActivities;
import dev.lockkeeper.contracts.training.TrainingProgress;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.features.FeatureTable;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.training.TrainedModel;
import dev.lockkeeper.formats.training.TrainedModelFormat;
import dev.lockkeeper.formats.training.TrainingRecord;
import dev.lockkeeper.formats.training.TrainingRecordFormat;
import dev.lockkeeper.models.ModelFileInspector;
import dev.lockkeeper.models.ModelRefusedException;
import dev.lockkeeper.stage.StageAttempt;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageException;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trains in a child process and signs what came of it. */
final class ChildProcessTraining implements TrainingActivities {

  private final StageContext context;
  private final String engine;
  private final ChildLimits limits;
  private final Duration betweenCheckpoints;

  /**
   * @param engine the name of the engine that reads the table
   */
  ChildProcessTraining(
      StageContext context, String engine, ChildLimits limits, Duration betweenCheckpoints) {
    this.context = context;
    this.engine = engine;
    this.limits = limits;
    this.betweenCheckpoints = betweenCheckpoints;
  }

  @Override
  public TrainedModel trainModel(TrainModelInput input) {
    List<?> inputs =
        List.of(
            input.features().training().sha256(),
            input.features().program().sha256(),
            input.training());
    return StageAttempt.runOnce(
        context,
        input.run().runId(),
        inputs,
        TrainedModelFormat.INSTANCE,
        (attempt, folder) -> train(input, attempt, folder));
  }

  private TrainedModel train(TrainModelInput input, StageAttempt attempt, Path folder)
      throws IOException {
    FeatureTable features = input.features();
    context.verifyInput(
        features.evidence(), Role.FEATURES, features.training(), features.program());
    Path inputs = Files.createDirectory(folder.resolve("input"));
    TrainingJob job =
        new TrainingJob(
            engine,
            input.training().trainer(),
            input.training().seed(),
            input.training().parameters(),
            context.store().localCopy(features.training(), inputs).toString(),
            features.featureNames(),
            features.labelName(),
            betweenCheckpoints.toMillis());
    ArtifactRef resumed = resume(attempt, inputs);
    Isolation isolation = Isolation.best();
    TrainingResult result =
        TrainingChild.start(job, inputs, isolation, limits)
            .await(new CheckpointReporter(context, attempt, resumed));
    trace(result);
    requireServable(result.model(), features.featureNames().size());
    TrainingRecord description = describe(input, isolation, resumed, result.report());
    ArtifactRef model = context.store().put(Zone.CANDIDATES, result.model(), "application/onnx");
    ArtifactRef record =
        context
            .store()
            .put(
                Zone.CANDIDATES,
                TrainingRecordFormat.INSTANCE.write(description),
                "application/json");
    byte[] statement =
        context
            .signer()
            .provenance(
                input.run(),
                List.of(
                    new Subject(PackageFile.MODEL, model.sha256()),
                    new Subject("training.json", record.sha256())),
                materials(features, resumed),
                TrainingRecordFormat.INSTANCE.fields(description).json());
    return new TrainedModel(
        model, record, input.training().trainer(), isolation.label(), attempt.evidence(statement));
  }

  /** Lays the last checkpoint of an earlier attempt beside the job. */
  private @Nullable ArtifactRef resume(StageAttempt attempt, Path inputs) throws IOException {
    ArtifactRef checkpoint =
        attempt
            .lastHeartbeat(TrainingProgress.class)
            .map(TrainingProgress::checkpoint)
            .orElse(null);
    if (checkpoint != null) {
      Path copy = context.store().localCopy(checkpoint, inputs);
      Files.move(copy, inputs.resolve(FolderCheckpoints.FILE));
    }
    return checkpoint;
  }

  private static List<Material> materials(FeatureTable features, @Nullable ArtifactRef resumed) {
    return Stream.of(features.training(), features.program(), resumed)
        .filter(Objects::nonNull)
        .map(taken -> new Material(taken.uri(), taken.sha256()))
        .toList();
  }

  private static TrainingRecord describe(
      TrainModelInput input,
      Isolation isolation,
      @Nullable ArtifactRef resumed,
      TrainingReport report) {
    return new TrainingRecord(
        input.training().trainer(),
        input.training().seed(),
        report.parameters(),
        report.rows(),
        isolation.label(),
        resumed == null ? null : resumed.sha256(),
        report.environment(),
        report.phases().stream()
            .map(
                phase ->
                    new TrainingRecord.Phase(phase.name(), phase.startMicros(), phase.endMicros()))
            .toList());
  }

  private static void requireServable(byte[] model, int features) {
    try {
      ModelFileInspector.inspect(model).requireShape(features);
    } catch (ModelRefusedException e) {
      throw new StageException(FailureType.MODEL_REFUSED, "the trainer's " + e.getMessage(), e);
    }
  }

  /**
   * The child has no network to export spans over, so its phases become spans here, at the times it
   * told.
   */
  private static void trace(TrainingResult result) {
    Tracer tracer = GlobalOpenTelemetry.getTracer("dev.lockkeeper.training");
    for (TrainingReport.Phase phase : result.report().phases()) {
      tracer
          .spanBuilder("training process: " + phase.name())
          .setStartTimestamp(phase.startMicros(), TimeUnit.MICROSECONDS)
          .setAttribute("process.pid", result.pid())
          .setAttribute("process.parent_pid", ProcessHandle.current().pid())
          .startSpan()
          .end(phase.endMicros(), TimeUnit.MICROSECONDS);
    }
  }
}
