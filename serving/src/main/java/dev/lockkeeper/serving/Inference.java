package dev.lockkeeper.serving;

import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.runtime.InvalidAnswerException;
import dev.lockkeeper.runtime.ModelFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests. A candidate that fails, hangs or answers invalidly is counted and answered for
 * by the stable version within the same request.
 */
final class Inference implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Inference.class);

  /**
   * What became of a candidate's attempt.
   *
   * @param answer the answer; null if there is none
   * @param harm what no answer counts as
   */
  private record Tried(ServedModel.@Nullable Answer answer, Consumer<ArmCounter> harm) {}

  private final InferenceLogWriter log;
  private final long timeoutMillis;
  private final ExecutorService candidates =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "candidate");
            thread.setDaemon(true);
            return thread;
          });

  Inference(InferenceLogWriter log, Duration candidateTimeout) {
    this.log = log;
    this.timeoutMillis = candidateTimeout.toMillis();
  }

  /**
   * Answers a request.
   *
   * @throws BadRequestException if the request does not fit the models
   * @throws UnservedException if no model answered
   */
  InferenceResult answer(Serving serving, InferenceRequest request) {
    List<RowBuffer> rows = fitting(serving, request);
    ServedModel candidate =
        serving.routesToCandidate(request.routingKey()) ? serving.candidate() : null;
    if (candidate == null) {
      serving.stableCounter().request();
      return stable(serving, request, rows, false);
    }
    serving.candidateCounter().request();
    Tried tried = tried(candidate, request);
    if (tried.answer() != null) {
      return logged(new InferenceResult(request, serving, candidate, true, false, tried.answer()));
    }
    return instead(serving, request, rows, tried.harm());
  }

  /** A request that the stable version cannot answer either says nothing about the candidate. */
  private InferenceResult instead(
      Serving serving, InferenceRequest request, List<RowBuffer> rows, Consumer<ArmCounter> harm) {
    if (serving.stable() == null) {
      harm.accept(serving.candidateCounter());
    }
    InferenceResult answered = stable(serving, request, rows, true);
    harm.accept(serving.candidateCounter());
    return answered;
  }

  /**
   * The rows for the version that answers without a canary. What is the client's mistake shows
   * here, before anybody counts it as the candidate's.
   */
  private static List<RowBuffer> fitting(Serving serving, InferenceRequest request) {
    for (String name : request.columns().keySet()) {
      if (!serving.reads(model -> model.reads(name))) {
        throw new BadRequestException(
            "input '"
                + name
                + "' is not an input of endpoint '"
                + serving.manifest().endpoint()
                + "'");
      }
    }
    ServedModel judge = serving.stable() != null ? serving.stable() : serving.candidate();
    if (judge == null) {
      return List.of();
    }
    String label = judge.contract().positiveLabel();
    for (String output : request.outputs()) {
      if (!output.equals(InferenceResult.PROBABILITY) && !output.equals(label)) {
        throw new BadRequestException(
            "output '"
                + output
                + "' is none of endpoint '"
                + serving.manifest().endpoint()
                + "': expected "
                + InferenceResult.PROBABILITY
                + " or "
                + label);
      }
    }
    return RowParser.rows(request, judge);
  }

  private InferenceResult stable(
      Serving serving, InferenceRequest request, List<RowBuffer> rows, boolean fellBack) {
    ServedModel stable = serving.stable();
    if (stable == null) {
      throw new UnservedException(
          "endpoint '"
              + serving.manifest().endpoint()
              + "' has no stable version that could answer");
    }
    try {
      return logged(
          new InferenceResult(request, serving, stable, fellBack, fellBack, stable.answer(rows)));
    } catch (InvalidAnswerException e) {
      if (!fellBack) {
        serving.stableCounter().invalid();
      }
      throw new UnservedException(String.valueOf(e.getMessage()), e);
    } catch (ModelFailedException e) {
      if (!fellBack) {
        serving.stableCounter().error();
      }
      throw new UnservedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Tried tried(ServedModel candidate, InferenceRequest request) {
    CompletableFuture<ServedModel.Answer> work = new CompletableFuture<>();
    candidates.execute(
        () -> {
          try {
            work.complete(candidate.answer(RowParser.rows(request, candidate)));
          } catch (RuntimeException e) {
            work.completeExceptionally(e);
          }
        });
    try {
      return new Tried(work.get(timeoutMillis, TimeUnit.MILLISECONDS), ArmCounter::error);
    } catch (TimeoutException e) {
      LOG.warn("candidate {} took longer than {} ms", candidate.version(), timeoutMillis);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      LOG.debug("candidate {} did not answer: {}", candidate.version(), cause.getMessage());
      if (cause instanceof InvalidAnswerException) {
        return new Tried(null, ArmCounter::invalid);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Tried(null, ArmCounter::error);
  }

  @Override
  public void close() {
    candidates.shutdown();
  }

  private InferenceResult logged(InferenceResult result) {
    log.add(result);
    return result;
  }
}
