package dev.lockkeeper.serving;

import dev.lockkeeper.features.RowBuffer;
import dev.lockkeeper.runtime.InvalidAnswerException;
import dev.lockkeeper.runtime.ModelFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests. A candidate that fails, hangs or answers invalidly is answered for by the
 * stable version within the same request. A failure counts against the version that was drawn,
 * whichever it is, unless the other one does not answer these rows either.
 */
final class Inference implements AutoCloseable {

  /** A request and the arm that it drew. */
  private record Routed(Serving serving, InferenceRequest request, Serving.Draw draw) {

    void count(Outcome outcome) {
      serving.count(draw, outcome);
    }

    InferenceResult answered(ServedModel model, boolean fellBack, ServedModel.Answer answer) {
      return new InferenceResult(request, serving, model, draw.toCandidate(), fellBack, answer);
    }
  }

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
    Routed routed = new Routed(serving, request, serving.draw(request.routingKey()));
    ServedModel stable = serving.stable();
    ServedModel candidate = serving.candidate();
    if (candidate == null) {
      return stableAlone(routed, stable, rows);
    }
    if (stable == null) {
      return candidateAlone(routed, candidate);
    }
    return routed.draw().toCandidate()
        ? fromCandidate(routed, candidate, stable)
        : fromStable(routed, stable, candidate);
  }

  /**
   * The rows for the version that answers without a canary. What is the client's mistake shows
   * here, before anybody counts it as a version's.
   */
  private static List<RowBuffer> fitting(Serving serving, InferenceRequest request) {
    ServedModel judge = serving.stable() != null ? serving.stable() : serving.candidate();
    if (judge == null) {
      throw unserved(serving);
    }
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
      Routed routed, @Nullable ServedModel stable, List<RowBuffer> rows) {
    if (stable == null) {
      throw unserved(routed.serving());
    }
    try {
      InferenceResult result = routed.answered(stable, false, stable.answer(rows));
      routed.count(Outcome.ANSWERED);
      return logged(result);
    } catch (InvalidAnswerException e) {
      routed.count(Outcome.INVALID);
      throw new UnservedException(String.valueOf(e.getMessage()), e);
    } catch (ModelFailedException e) {
      routed.count(Outcome.ERROR);
      throw new UnservedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A first release: nothing can say whether a failure is its own. */
  private InferenceResult candidateAlone(Routed routed, ServedModel candidate) {
    Attempt own = attempt(candidate, routed.request());
    Outcome outcome = own.outcome();
    routed.count(outcome);
    if (outcome != Outcome.ANSWERED) {
      throw unserved(routed.serving());
    }
    return logged(routed.answered(candidate, false, own.answer()));
  }

  private InferenceResult fromCandidate(Routed routed, ServedModel candidate, ServedModel stable) {
    Attempt own = attempt(candidate, routed.request());
    Outcome outcome = own.outcome();
    if (outcome == Outcome.ANSWERED) {
      routed.count(outcome);
      return logged(routed.answered(candidate, false, own.answer()));
    }
    Attempt other = attempt(stable, routed.request());
    routed.count(against(outcome, other));
    return logged(routed.answered(stable, true, other.answer()));
  }

  /** The candidate's answer to a failed request of the stable version is counted and not sent. */
  private InferenceResult fromStable(Routed routed, ServedModel stable, ServedModel candidate) {
    Attempt own = attempt(stable, routed.request());
    Outcome outcome = own.outcome();
    if (outcome == Outcome.ANSWERED) {
      routed.count(outcome);
    } else {
      threads.execute(() -> routed.count(against(outcome, attempt(candidate, routed.request()))));
    }
    return logged(routed.answered(stable, false, own.answer()));
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
