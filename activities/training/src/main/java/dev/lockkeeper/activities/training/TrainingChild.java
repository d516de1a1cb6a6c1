package dev.lockkeeper.activities.training;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.models.ModelFileInspector;
import dev.lockkeeper.stage.StageException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One training process, from start to end. Whoever stops waiting for it has killed it. What it
 * wrote is not trusted: no links are followed and sizes are bounded.
 */
final class TrainingChild {

  private static final int HEARTBEAT_MILLIS = 500;
  private static final int DEATH_SECONDS = 10;
  private static final int LOG_LINES = 5;
  private static final int LOG_TAIL_BYTES = 4_096;
  private static final int MAXIMUM_REPORT_BYTES = 1 << 20;
  private static final int MAXIMUM_CHECKPOINT_BYTES = 2 * ModelFileInspector.MAXIMUM_BYTES;
  private static final int MAXIMUM_TOLD_BYTES = 100;
  private static final int KILLED = 128 + 9;
  private static final int TERMINATED = 128 + 15;

  private final Path output;
  private final Path log;
  private final Process process;
  private final WorkWatch work;
  private @Nullable FileTime seen;

  private TrainingChild(Path output, Path log, Process process, Duration idle) {
    this.output = output;
    this.log = log;
    this.process = process;
    this.work = new WorkWatch(process.toHandle(), idle);
  }

  /**
   * Starts a process for the job.
   *
   * @param input the folder with the job's table, which is all the process is given to read
   */
  static TrainingChild start(TrainingJob job, Path input, Isolation isolation, ChildLimits limits)
      throws IOException {
    Files.write(input.resolve(TrainingJob.FILE), Json.canonicalBytes(job));
    Path output = Files.createDirectory(input.resolveSibling("output"));
    Path log = input.resolveSibling("output.log");
    List<String> classPath = ClassPath.entries();
    List<String> java =
        List.of(
            System.getProperty("java.home", "/usr") + "/bin/java",
            "-Xmx" + limits.heapMegabytes() + "m",
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
    builder.environment().putAll(Isolation.LOCALE);
    return new TrainingChild(output, log, builder.start(), limits.idle());
  }

  /** Takes what the process kept since it was last asked, and how far it says that it is. */
  @FunctionalInterface
  interface Heartbeat {
    void beat(Optional<byte[]> checkpoint, Optional<String> told) throws IOException;
  }

  /**
   * Waits, heartbeating; a cancelled or timed-out activity throws here, and the process is gone.
   */
  TrainingResult await(Heartbeat heartbeat) throws IOException {
    try {
      while (!process.waitFor(HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS)) {
        Optional<String> told = told();
        heartbeat.beat(checkpoint(), told);
        if (work.isOver(told.orElse(""))) {
          throw hung(told);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "the worker stopped while it trained; the training is started anew", e);
    } finally {
      kill();
    }
    if (process.exitValue() != 0) {
      heartbeat.beat(checkpoint(), told());
      throw failure();
    }
    return new TrainingResult(
        parse(TrainingReport.FILE, TrainingReport.class),
        read(PackageFile.MODEL, ModelFileInspector.MAXIMUM_BYTES),
        process.pid());
  }

  /**
   * The newest checkpoint of the process, unless this was seen before. It is not trusted, as all
   * files of the process are not.
   */
  private Optional<byte[]> checkpoint() throws IOException {
    Path file = output.resolve(FolderCheckpoints.FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    FileTime written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    if (written.equals(seen)) {
      return Optional.empty();
    }
    seen = written;
    return Optional.of(read(FolderCheckpoints.FILE, MAXIMUM_CHECKPOINT_BYTES));
  }

  /** One short line; the process may write anything there. */
  private Optional<String> told() throws IOException {
    Path file = output.resolve(FolderCheckpoints.TOLD);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String text = new String(in.readNBytes(MAXIMUM_TOLD_BYTES), StandardCharsets.UTF_8);
      return Optional.of(text.replaceAll("\\p{Cntrl}", " "));
    }
  }

  private void kill() {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(process.toHandle());
    family.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle member : family) {
      member.onExit().completeOnTimeout(member, DEATH_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  /** A full disk may have left an empty error file: the exit status comes first. */
  private StageException failure() throws IOException {
    if (process.exitValue() == TrainingError.NOT_WRITTEN) {
      String last = lastLines();
      return new StageException(
          FailureType.WORKSPACE_UNAVAILABLE,
          "the training process cannot write its output folder: free some space in "
              + output.getParent()
              + (last.isEmpty() ? "" : ": " + last));
    }
    if (Files.exists(output.resolve(TrainingError.FILE), LinkOption.NOFOLLOW_LINKS)) {
      TrainingError error = parse(TrainingError.FILE, TrainingError.class);
      return new StageException(error.type(), error.message());
    }
    int status = process.exitValue();
    if (status == KILLED || status == TERMINATED) {
      throw interrupted(status - 128);
    }
    String last = lastLines();
    return failed(
        "the training process ended with status " + status + (last.isEmpty() ? "" : ": " + last));
  }

  private StageException hung(Optional<String> told) {
    return new StageException(
        FailureType.TRAINING_INTERRUPTED,
        "the training process hung and was ended: for "
            + work.limit().toSeconds()
            + " s ("
            + ChildLimits.IDLE
            + ") it used no processor time to speak of"
            + told.map(last -> " and told nothing after '" + last + "'").orElse(""));
  }

  private static StageException interrupted(int signal) {
    return new StageException(
        FailureType.TRAINING_INTERRUPTED,
        "the training process was killed by signal "
            + signal
            + (signal == KILLED - 128
                ? ": where nobody did it by hand, the machine ran out of memory; give the worker"
                    + " more or the process a smaller heap ("
                    + ChildLimits.HEAP
                    + ")"
                : ""));
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
