package dev.lockkeeper.serving;

import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.runtime.InvalidAnswerException;
import dev.lockkeeper.runtime.ModelFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers requests. A candidate that fails, hangs or answers invalidly is answered for by the
 * stable version within the same request. A failure counts against the version that was drawn,
 * whichever it is, unless the other one does not answer these rows either.
 */
final class Inference implements AutoCloseable {

  private final InferenceLogWriter log;
  private final Duration limit;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "canary");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param limit how long each version of a canary may take; the stable version's answer is waited
   *     for beyond it
   */
  Inference(InferenceLogWriter log, Duration limit) {
    this.log = log;
    this.limit = limit;
  }

  /**
   * Answers a request.
   *
   * @throws BadRequestException if the request does not fit the models
   * @throws UnservedException if no model answered
   */
  InferenceResult answer(Serving serving, InferenceRequest request) {
    List<RowBuffer> rows = fitting(serving, request);
    ServedModel stable = serving.stable();
    ServedModel candidate = serving.candidate();
    if (candidate == null) {
      return stableAlone(serving, request, rows);
    }
    if (stable == null) {
      return candidateAlone(serving, request, candidate);
    }
    return serving.routesToCandidate(request.routingKey())
        ? fromCandidate(serving, request, candidate, stable)
        : fromStable(serving, request, stable, candidate);
  }

  /**
   * The rows for the version that answers without a canary. What is the client's mistake shows
   * here, before anybody counts it as a version's.
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

  private InferenceResult stableAlone(
      Serving serving, InferenceRequest request, List<RowBuffer> rows) {
    ServedModel stable = serving.stable();
    if (stable == null) {
      throw unserved(serving);
    }
    try {
      InferenceResult result =
          new InferenceResult(request, serving, stable, false, false, stable.answer(rows));
      serving.stableCounter().count(Outcome.ANSWERED);
      return logged(result);
    } catch (InvalidAnswerException e) {
      serving.stableCounter().count(Outcome.INVALID);
      throw new UnservedException(String.valueOf(e.getMessage()), e);
    } catch (ModelFailedException e) {
      serving.stableCounter().count(Outcome.ERROR);
      throw new UnservedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A first release: nothing can say whether a failure is its own. */
  private InferenceResult candidateAlone(
      Serving serving, InferenceRequest request, ServedModel candidate) {
    Attempt own = attempt(candidate, request);
    Outcome outcome = own.outcome();
    serving.candidateCounter().count(outcome);
    if (outcome != Outcome.ANSWERED) {
      throw unserved(serving);
    }
    return logged(new InferenceResult(request, serving, candidate, true, false, own.answer()));
  }

  private InferenceResult fromCandidate(
      Serving serving, InferenceRequest request, ServedModel candidate, ServedModel stable) {
    Attempt own = attempt(candidate, request);
    Outcome outcome = own.outcome();
    if (outcome == Outcome.ANSWERED) {
      serving.candidateCounter().count(outcome);
      return logged(new InferenceResult(request, serving, candidate, true, false, own.answer()));
    }
    Attempt other = attempt(stable, request);
    serving.candidateCounter().count(against(outcome, other));
    return logged(new InferenceResult(request, serving, stable, true, true, other.answer()));
  }

  /** The candidate's answer to a failed request of the stable version is counted and not sent. */
  private InferenceResult fromStable(
      Serving serving, InferenceRequest request, ServedModel stable, ServedModel candidate) {
    Attempt own = attempt(stable, request);
    Outcome outcome = own.outcome();
    if (outcome == Outcome.ANSWERED) {
      serving.stableCounter().count(outcome);
    } else {
      threads.execute(
          () -> serving.stableCounter().count(against(outcome, attempt(candidate, request))));
    }
    return logged(new InferenceResult(request, serving, stable, false, false, own.answer()));
  }

  private static Outcome against(Outcome outcome, Attempt other) {
    return other.outcome() == Outcome.ANSWERED ? outcome : Outcome.COMMON;
  }

  private Attempt attempt(ServedModel model, InferenceRequest request) {
    return Attempt.start(model, request, threads, limit);
  }

  private static UnservedException unserved(Serving serving) {
    return new UnservedException(
        "endpoint '" + serving.manifest().endpoint() + "' has no stable version that could answer");
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private InferenceResult logged(InferenceResult result) {
    log.add(result);
    return result;
  }
}
