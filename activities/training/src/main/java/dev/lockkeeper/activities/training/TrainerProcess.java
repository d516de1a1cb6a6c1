package dev.lockkeeper.activities.training;

import dev.lockkeeper.activities.training.TrainingReport.Phase;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.engine.DataEngineProvider;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.stage.StageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * The main class of the child process: reads {@code job.json} from the input folder, writes {@code
 * model.onnx} and {@code report.json} to the output folder, or {@code error.json}. It has no
 * credential, needs no network, and ends with its parent.
 */
public final class TrainerProcess {

  private final List<Phase> phases = new ArrayList<>();

  private TrainerProcess() {}

  /**
   * @param arguments the input folder and the output folder
   */
  public static void main(String[] arguments) throws Exception {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              Future<?> unused = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
            });
    Path input = Path.of(arguments[0]);
    Path output = Path.of(arguments[1]);
    try {
      TrainingJob job =
          Json.read(Files.readAllBytes(input.resolve(TrainingJob.FILE)), TrainingJob.class);
      new TrainerProcess().run(job, input, output);
    } catch (Exception | LinkageError e) {
      fail(output, e);
    }
  }

  /** A full disk takes no report either: the exit status says it then. */
  private static void fail(Path output, Throwable cause) {
    cause.printStackTrace();
    try {
      Files.write(output.resolve(TrainingError.FILE), Json.canonicalBytes(TrainingError.of(cause)));
    } catch (IOException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(TrainingError.NOT_WRITTEN);
    }
    Runtime.getRuntime().halt(1);
  }

  private void run(TrainingJob job, Path input, Path output) throws Exception {
    Checkpoints checkpoints =
        FolderCheckpoints.open(input, output, Duration.ofMillis(job.checkpointMillis()));
    Trainer trainer = trainer(job.trainer());
    SortedMap<String, String> parameters = resolve(trainer, job);
    DataEngineProvider engine = DataEngines.named(job.engine());
    TrainingTable table =
        phase(
            "read",
            () ->
                TrainingTable.read(
                    engine, Path.of(job.table()), job.featureNames(), job.labelName()));
    FittedModel model = phase("fit", () -> trainer.fit(table, parameters, job.seed(), checkpoints));
    Files.write(output.resolve(PackageFile.MODEL), phase("export", model::toOnnx));
    TrainingReport report =
        new TrainingReport(parameters, table.rows(), environment(engine), phases);
    Files.write(output.resolve(TrainingReport.FILE), Json.canonicalBytes(report));
  }

  private <T> T phase(String name, Callable<T> work) throws Exception {
    long start = micros();
    T result = work.call();
    phases.add(new Phase(name, start, micros()));
    return result;
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static SortedMap<String, String> resolve(Trainer trainer, TrainingJob job) {
    try {
      return trainer.resolve(job.parameters());
    } catch (IllegalArgumentException e) {
      throw new StageException(
          FailureType.SPECIFICATION_INVALID,
          Objects.requireNonNullElse(e.getMessage(), e.toString()),
          e);
    }
  }

  private static Trainer trainer(String name) {
    List<String> names = new ArrayList<>();
    for (Trainer trainer : ServiceLoader.load(Trainer.class)) {
      if (trainer.name().equals(name)) {
        return trainer;
      }
      names.add(trainer.name());
    }
    throw new StageException(
        FailureType.SPECIFICATION_INVALID,
        "there is no trainer '" + name + "': there are " + String.join(", ", names));
  }

  private static Map<String, String> environment(DataEngineProvider engine) {
    Map<String, String> environment = new TreeMap<>();
    for (String property :
        List.of("java.version", "java.vendor", "os.name", "os.version", "os.arch")) {
      environment.put(property, System.getProperty(property, ""));
    }
    environment.put("xgboost", version(ml.dmlc.xgboost4j.java.XGBoost.class));
    environment.put(engine.name(), engine.version());
    environment.put("commons-math", version(org.apache.commons.math3.linear.RealVector.class));
    environment.put("onnx", version(ai.onnx.proto.OnnxMl.class));
    environment.put("maximumHeapBytes", Long.toString(Runtime.getRuntime().maxMemory()));
    return environment;
  }

  private static String version(Class<?> library) {
    String place = library.getProtectionDomain().getCodeSource().getLocation().getPath();
    return place.substring(place.lastIndexOf('/') + 1);
  }
}
