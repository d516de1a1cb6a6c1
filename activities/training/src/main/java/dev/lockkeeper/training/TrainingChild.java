package dev.lockkeeper.training;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.custody.Json;
import dev.lockkeeper.custody.model.ModelFileInspector;
import dev.lockkeeper.stage.StageException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One training process, from start to end. Whoever stops waiting for it has killed it. What it
 * wrote is read as a stranger's file: no links are followed and sizes are bounded.
 */
final class TrainingChild {

  private static final int HEARTBEAT_SECONDS = 2;
  private static final int DEATH_SECONDS = 10;
  private static final int LOG_LINES = 5;
  private static final int LOG_TAIL_BYTES = 4_096;
  private static final int MAXIMUM_REPORT_BYTES = 1 << 20;

  private final Path output;
  private final Path log;
  private final Process process;

  private TrainingChild(Path output, Path log, Process process) {
    this.output = output;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a process for the job.
   *
   * @param input the folder with the job's table, which is all the process is given to read
   */
  static TrainingChild start(TrainingJob job, Path input, Isolation isolation, ChildHeap heap)
      throws IOException {
    Files.write(input.resolve("job.json"), Json.canonicalBytes(job));
    Path output = Files.createDirectory(input.resolveSibling("output"));
    Path log = input.resolveSibling("output.log");
    List<String> classPath = ClassPath.entries();
    List<String> java =
        List.of(
            System.getProperty("java.home", "/usr") + "/bin/java",
            "-Xmx" + heap.megabytes() + "m",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.io.tmpdir=" + (isolation == Isolation.BUBBLEWRAP ? "/tmp" : output),
            "-cp",
            String.join(File.pathSeparator, classPath),
            TrainerProcess.class.getName(),
            input.toString(),
            output.toString());
    ProcessBuilder builder =
        new ProcessBuilder(isolation.command(java, classPath, input, output))
            .directory(output.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    return new TrainingChild(output, log, builder.start());
  }

  /**
   * Waits, heartbeating; a cancelled or timed-out activity throws here, and the process is gone.
   */
  TrainingResult await(Runnable heartbeat) throws IOException {
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
    return new TrainingResult(
        parse("report.json", TrainingReport.class),
        read("model.onnx", ModelFileInspector.MAXIMUM_BYTES),
        process.pid());
  }

  private void kill() {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    family.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle member : family) {
      member.onExit().completeOnTimeout(member, DEATH_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private StageException failure() throws IOException {
    if (Files.exists(output.resolve("error.json"), LinkOption.NOFOLLOW_LINKS)) {
      TrainingError error = parse("error.json", TrainingError.class);
      return new StageException(error.type(), error.message());
    }
    String last = lastLines();
    return failed(
        "the training process ended with status "
            + process.exitValue()
            + (last.isEmpty() ? "" : ": " + last));
  }

  private String lastLines() throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(Math.max(0, Files.size(log) - LOG_TAIL_BYTES));
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(Predicate.not(String::isBlank))
              .toList();
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }
  }

  private <T> T parse(String name, Class<T> type) throws IOException {
    byte[] content = read(name, MAXIMUM_REPORT_BYTES);
    try {
      return Json.mapper().readValue(content, type);
    } catch (IOException e) {
      throw new StageException(
          FailureType.TRAINING_FAILED,
          "the training process left no readable " + name + ": " + e.getMessage(),
          e);
    }
  }

  private byte[] read(String name, int limit) throws IOException {
    Path file = output.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw failed("the training process ended well but left no file " + name);
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw failed(name + " is larger than " + limit + " bytes: train a smaller model");
      }
      return content;
    }
  }

  private static StageException failed(String message) {
    return new StageException(FailureType.TRAINING_FAILED, message);
  }
}
