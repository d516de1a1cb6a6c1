package dev.lockkeeper.stage;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.formats.Format;
import dev.lockkeeper.formats.artifact.Evidence;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One attempt at a stage's activity: its clock, its folder, its heartbeat, and the failure that
 * Temporal is told.
 */
public final class StageAttempt {

  /** A stage's work in a folder of its own, which is gone afterwards. */
  @FunctionalInterface
  public interface Work<T> {
    T in(StageAttempt attempt, Path folder) throws IOException;
  }

  private final StageContext context;
  private final ActivityExecutionContext execution;
  private final long startedNanos;

  private StageAttempt(StageContext context, ActivityExecutionContext execution) {
    this.context = context;
    this.execution = execution;
    this.startedNanos = System.nanoTime();
  }

  /**
   * Does a stage's work once for a run and its inputs: a retry or a second delivery finds the
   * finished result.
   *
   * @param inputs what the result depends on: digests and specifications
   * @param format the form in which the result is stored
   * @throws ApplicationFailure typed by {@link FailureType}
   */
  public static <T> T runOnce(
      StageContext context, String runId, List<?> inputs, Format<T> format, Work<T> work) {
    StageAttempt attempt = new StageAttempt(context, Activity.getExecutionContext());
    return StageFailures.translate(
        () ->
            context.runOnce(
                context.key(runId, inputs.toArray()), format, () -> attempt.inFolder(work)));
  }

  private <T> T inFolder(Work<T> work) {
    try {
      Path folder = Files.createTempDirectory("lockkeeper-" + context.role().label());
      try {
        return work.in(this, folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new StageException(
          FailureType.WORKSPACE_UNAVAILABLE,
          "the "
              + context.role().label()
              + " stage cannot use its working folder: "
              + e.getMessage(),
          e);
    }
  }

  /** Stores the signed statement and returns the attempt's evidence. */
  public Evidence evidence(byte[] envelope) {
    long millis = (System.nanoTime() - startedNanos) / 1_000_000;
    return new Evidence(context.storeStatement(envelope), execution.getInfo().getAttempt(), millis);
  }

  /**
   * Tells Temporal that the work goes on; throws when it was cancelled.
   *
   * @param progress shown as the attempt's progress, and what {@link #lastHeartbeat} of the next
   *     attempt returns: whatever it names is durable before it is told
   */
  public void heartbeat(Object progress) {
    execution.heartbeat(progress);
  }

  /** What an earlier attempt told last; empty in a first attempt. */
  public <T> Optional<T> lastHeartbeat(Class<T> type) {
    return execution.getHeartbeatDetails(type);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
