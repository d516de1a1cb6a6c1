package dev.lockkeeper.serving;

import dev.lockkeeper.runtime.InvalidAnswerException;
import dev.lockkeeper.runtime.ModelFailedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version at one request of a canary. Both versions have the same limit, and all that it
 * measures happens in both: the hand-over to a thread, the reading of the rows, the model.
 */
final class Attempt {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final ServedModel model;
  private final CompletableFuture<ServedModel.Answer> work;
  private final long deadline;

  private Attempt(
      ServedModel model, CompletableFuture<ServedModel.Answer> work, long deadlineNanos) {
    this.model = model;
    this.work = work;
    this.deadline = deadlineNanos;
  }

  static Attempt start(
      ServedModel model, InferenceRequest request, Executor threads, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    return new Attempt(
        model,
        CompletableFuture.supplyAsync(() -> model.answer(RowParser.rows(request, model)), threads),
        deadline);
  }

  /** Waits for the end of the work or of its time: whether it answered, and else how it failed. */
  Outcome outcome() {
    try {
      work.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      return Outcome.ANSWERED;
    } catch (TimeoutException e) {
      LOG.warn("version {} took longer than its limit", model.version());
    } catch (ExecutionException e) {
      LOG.debug("version {} did not answer: {}", model.version(), e.getMessage());
      if (e.getCause() instanceof InvalidAnswerException) {
        return Outcome.INVALID;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Outcome.ERROR;
  }

  /**
   * The answer, however long it takes.
   *
   * @throws UnservedException if there is none
   */
  ServedModel.Answer answer() {
    try {
      return work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof InvalidAnswerException
          || e.getCause() instanceof ModelFailedException) {
        throw new UnservedException(String.valueOf(e.getCause().getMessage()), e.getCause());
      }
      throw e;
    }
  }
}
