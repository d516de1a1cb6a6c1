package dev.lockkeeper.training;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.stage.StageException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One training process, from start to end. Whoever stops waiting for it has killed it. */
final class TrainingChild {

  private static final int HEARTBEAT_SECONDS = 2;
  private static final int STDERR_LINES = 5;

  private final Path folder;
  private final Process process;

  private TrainingChild(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  static TrainingChild start(TrainingJob job, Path folder, Isolation isolation) throws IOException {
    Files.write(folder.resolve("job.json"), Json.canonicalBytes(job));
    List<String> classPath = classPath();
    List<String> java =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home", "/usr") + "/bin/java",
                "-Xmx" + heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir="
                    + (isolation == Isolation.BUBBLEWRAP ? "/tmp" : folder.toString()),
                "-cp",
                String.join(File.pathSeparator, classPath),
                TrainerProcess.class.getName(),
                folder.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(isolation.command(java, classPath, folder))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile());
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    return new TrainingChild(folder, builder.start());
  }

  /**
   * Waits, heartbeating; a cancelled or timed-out activity throws here, and the process is gone.
   */
  TrainingReport await(Runnable heartbeat) throws IOException {
    try {
      while (!process.waitFor(HEARTBEAT_SECONDS, TimeUnit.SECONDS)) {
        heartbeat.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "the worker stopped while it trained; the training is started anew", e);
    } finally {
      kill();
    }
    if (process.exitValue() != 0) {
      throw failure();
    }
    return Json.read(Files.readAllBytes(folder.resolve("report.json")), TrainingReport.class);
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private StageException failure() throws IOException {
    Path file = folder.resolve("error.json");
    if (Files.exists(file)) {
      TrainingError error = Json.read(Files.readAllBytes(file), TrainingError.class);
      return new StageException(
          error.specification() ? FailureType.SPECIFICATION_INVALID : FailureType.TRAINING_FAILED,
          error.message());
    }
    List<String> lines = Files.readAllLines(folder.resolve("output.log"));
    String last =
        String.join(" | ", lines.subList(Math.max(0, lines.size() - STDERR_LINES), lines.size()));
    return new StageException(
        FailureType.TRAINING_FAILED,
        "the training process ended with status "
            + process.exitValue()
            + (last.isEmpty() ? "" : ": " + last));
  }

  private static List<String> classPath() {
    String text = System.getProperty("java.class.path", "");
    return List.of(text.split(File.pathSeparator)).stream().filter(Isolation::exists).toList();
  }

  /**
   * Half of this worker's own limit, at least 512 MB; {@code LOCKKEEPER_TRAINING_HEAP_MB} says
   * otherwise.
   */
  private static long heapMegabytes() {
    String given = System.getenv("LOCKKEEPER_TRAINING_HEAP_MB");
    return given != null
        ? Long.parseLong(given)
        : Math.max(512, Runtime.getRuntime().maxMemory() / (2 << 20));
  }
}
