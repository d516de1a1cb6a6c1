package dev.lockkeeper.training;

import dev.lockkeeper.custody.Json;
import dev.lockkeeper.training.TrainingReport.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * The main class of the child process: reads {@code job.json} from the folder given, writes {@code
 * model.onnx} and {@code report.json} there, or {@code error.json}. It holds no credential and
 * needs no network.
 */
public final class TrainerProcess {

  private final List<Phase> phases = new ArrayList<>();

  private TrainerProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try {
      TrainingJob job =
          Json.read(Files.readAllBytes(folder.resolve("job.json")), TrainingJob.class);
      new TrainerProcess().run(job, folder);
    } catch (IllegalArgumentException e) {
      fail(folder, new TrainingError(true, String.valueOf(e.getMessage())), e);
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      fail(folder, new TrainingError(false, e.toString()), e);
    }
  }

  private static void fail(Path folder, TrainingError error, Throwable cause) throws Exception {
    cause.printStackTrace();
    Files.write(folder.resolve("error.json"), Json.canonicalBytes(error));
    Runtime.getRuntime().halt(1);
  }

  private void run(TrainingJob job, Path folder) throws Exception {
    Trainer trainer = trainer(job.trainer());
    SortedMap<String, String> parameters = trainer.resolve(job.parameters());
    TrainingTable table =
        phase(
            "read",
            () -> TrainingTable.read(Path.of(job.table()), job.featureNames(), job.labelName()));
    byte[] model = phase("fit", () -> trainer.fit(table, parameters, job.seed()));
    Files.write(folder.resolve("model.onnx"), model);
    TrainingReport report =
        new TrainingReport(
            parameters, table.rows(), ProcessHandle.current().pid(), environment(), phases);
    Files.write(folder.resolve("report.json"), Json.canonicalBytes(report));
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

  private static Trainer trainer(String name) {
    List<String> names = new ArrayList<>();
    for (Trainer trainer : ServiceLoader.load(Trainer.class)) {
      if (trainer.name().equals(name)) {
        return trainer;
      }
      names.add(trainer.name());
    }
    throw new IllegalArgumentException(
        "there is no trainer '" + name + "': there are " + String.join(", ", names));
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    for (String property :
        List.of("java.version", "java.vendor", "os.name", "os.version", "os.arch")) {
      environment.put(property, System.getProperty(property, ""));
    }
    environment.put("xgboost", version(ml.dmlc.xgboost4j.java.XGBoost.class));
    environment.put("maximumHeapBytes", Long.toString(Runtime.getRuntime().maxMemory()));
    return environment;
  }

  private static String version(Class<?> library) {
    String place = library.getProtectionDomain().getCodeSource().getLocation().getPath();
    return place.substring(place.lastIndexOf('/') + 1);
  }
}
