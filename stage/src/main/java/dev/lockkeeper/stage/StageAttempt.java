package dev.lockkeeper.stage;

import dev.lockkeeper.attestation.CustodyException;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.features.ExpressionException;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.store.StoreException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
   * @throws ApplicationFailure typed by {@link FailureType}
   */
  public static <T> T runOnce(
      StageContext context, String runId, List<?> inputs, Class<T> type, Work<T> work) {
    StageAttempt attempt = new StageAttempt(context, Activity.getExecutionContext());
    return translate(
        () ->
            context.runOnce(
                context.key(runId, inputs.toArray()), type, () -> attempt.inFolder(work)));
  }

  /** Does work that leaves nothing to find again, with the same translation of failures. */
  public static <T> T translate(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (StageException e) {
      throw StageFailure.of(e.type(), message(e), e.getCause());
    } catch (CustodyException e) {
      throw StageFailure.of(FailureType.CUSTODY_BROKEN, message(e), e.getCause());
    } catch (ExpressionException e) {
      throw StageFailure.of(FailureType.EXPRESSION_INVALID, message(e), e.getCause());
    } catch (StoreException e) {
      boolean mayComeBack = e.kind() == StoreException.Kind.UNAVAILABLE;
      throw StageFailure.of(
          mayComeBack ? FailureType.STORE_UNAVAILABLE : FailureType.CUSTODY_BROKEN,
          message(e),
          e.getCause());
    } catch (UncheckedIOException e) {
      throw StageFailure.of(FailureType.STORE_UNAVAILABLE, message(e), e.getCause());
    }
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
      throw new UncheckedIOException(
          "the "
              + context.role().label()
              + " stage cannot use its working folder: "
              + e.getMessage(),
          e);
    }
  }

  /** Files the signed statement and answers the attempt's evidence. */
  public Evidence evidence(byte[] envelope) {
    long millis = (System.nanoTime() - startedNanos) / 1_000_000;
    return new Evidence(context.storeStatement(envelope), execution.getInfo().getAttempt(), millis);
  }

  /**
   * Tells Temporal that the work goes on; throws when it was cancelled.
   *
   * @param progress shown as the attempt's progress, and what {@link #lastHeartbeat} of the next
   *     attempt answers: whatever it names is durable before it is told
   */
  public void heartbeat(Object progress) {
    execution.heartbeat(progress);
  }

  /** What an earlier attempt told last; empty in a first attempt. */
  public <T> Optional<T> lastHeartbeat(Class<T> type) {
    return execution.getHeartbeatDetails(type);
  }

  private static String message(Exception e) {
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
