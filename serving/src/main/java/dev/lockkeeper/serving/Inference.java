package dev.lockkeeper.serving;

import ai.onnxruntime.OrtException;
import dev.lockkeeper.features.RowBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests. A candidate that fails, hangs or answers invalidly is counted and answered for
 * by the stable version within the same request.
 */
final class Inference implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Inference.class);

  private final InferenceLog log;
  private final long timeoutMillis;
  private final ExecutorService candidates =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "candidate");
            thread.setDaemon(true);
            return thread;
          });

  Inference(InferenceLog log, Duration candidateTimeout) {
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
    ServedModel candidate = serving.candidate();
    boolean canary = serving.routesToCandidate(request.routingKey());
    if (canary && candidate != null) {
      ServedModel.Answer answer = tried(serving, candidate, request);
      if (answer != null) {
        return logged(new InferenceResult(request, serving, candidate, true, false, answer));
      }
    }
    return stable(serving, request, rows, canary);
  }

  /**
   * The rows for the version that answers without a canary. What is the client's mistake shows
   * here, before anybody counts it as the candidate's.
   */
  private static List<RowBuffer> fitting(Serving serving, InferenceRequest request) {
    for (String name : request.columns().keySet()) {
      if (!serving.reads(model -> RowParser.reads(model, name))) {
        throw new BadRequestException(
            "input '" + name + "' is no input of endpoint '" + serving.manifest().endpoint() + "'");
      }
    }
    ServedModel judge = serving.stable() != null ? serving.stable() : serving.candidate();
    if (judge == null) {
      return List.of();
    }
    String label = judge.verified().contract().positiveLabel();
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
    if (!fellBack) {
      serving.stableCounter().request();
    }
    try {
      return logged(
          new InferenceResult(request, serving, stable, fellBack, fellBack, stable.answer(rows)));
    } catch (InvalidAnswerException e) {
      serving.stableCounter().invalid();
      throw new UnservedException(
          "version " + stable.version() + " answered invalidly: " + e.getMessage(), e);
    } catch (OrtException e) {
      serving.stableCounter().error();
      throw new UnservedException("version " + stable.version() + " failed: " + e.getMessage(), e);
    }
  }

  private ServedModel.@org.jspecify.annotations.Nullable Answer tried(
      Serving serving, ServedModel candidate, InferenceRequest request) {
    serving.candidateCounter().request();
    CompletableFuture<ServedModel.Answer> work = new CompletableFuture<>();
    candidates.execute(
        () -> {
          try {
            work.complete(candidate.answer(RowParser.rows(request, candidate)));
          } catch (OrtException | RuntimeException e) {
            work.completeExceptionally(e);
          }
        });
    try {
      return work.get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      serving.candidateCounter().error();
      LOG.warn("candidate {} took longer than {} ms", candidate.version(), timeoutMillis);
    } catch (ExecutionException e) {
      count(serving, candidate, java.util.Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      serving.candidateCounter().error();
    }
    return null;
  }

  private static void count(Serving serving, ServedModel candidate, Throwable cause) {
    if (cause instanceof InvalidAnswerException) {
      serving.candidateCounter().invalid();
    } else {
      serving.candidateCounter().error();
    }
    LOG.debug("candidate {} did not answer: {}", candidate.version(), cause.getMessage());
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
