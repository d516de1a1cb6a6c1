package dev.lockkeeper.starter;

import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.approval.ReviewStatus;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.approval.Review;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.RunId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.temporal.client.WorkflowUpdateException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Decisions on the runs of a server. Each is a trace of its sender's, which the run's trace links
 * to: a person who decides days later is not the child of the engineer who started the run.
 *
 * @param connection the server
 * @param openTelemetry the process's tracing
 */
public record Decisions(Connection connection, OpenTelemetry openTelemetry) {

  /**
   * The open review of a run.
   *
   * @throws CommandException if there is none
   */
  static Review open(RunId run, ReviewStatus status) {
    Review review = status.review();
    if (review == null) {
      throw new CommandException(
          ExitCode.CONFLICT,
          "run "
              + run
              + " does not wait for a decision; './lockkeeper status "
              + run
              + "' shows where it stands");
    }
    return review;
  }

  /** The exact text that is signed. */
  static String text(DecisionDocument document) {
    return Json.text(document);
  }

  /** Makes the document from the run's open review and signs it. */
  public SignedDecision sign(
      RunId run, DecisionKind kind, String approver, String reason, SshSigner signer) {
    ReviewStatus status = connection.call("run " + run, () -> connection.pipeline(run).review());
    String text = text(new DecisionDocument(open(run, status).terms(), kind, approver, reason));
    String signature =
        signer.sign(DecisionDocument.SIGNATURE_NAMESPACE, text.getBytes(StandardCharsets.UTF_8));
    return new SignedDecision(text, signature, "");
  }

  /**
   * Sends a decision and answers what became of it.
   *
   * @throws CommandException if the run does not take it
   */
  public DecisionReceipt send(RunId run, SignedDecision decision) {
    Span span =
        openTelemetry
            .getTracer("dev.lockkeeper.starter")
            .spanBuilder("lockkeeper decide")
            .setAttribute("lockkeeper.run", run.toString())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      return sent(
          run, new SignedDecision(decision.document(), decision.signature(), traceparent()));
    } finally {
      span.end();
    }
  }

  /** The current span in W3C form; empty if nothing traces. */
  private static String traceparent() {
    Map<String, String> carrier = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(
            Context.current(),
            carrier,
            (into, key, value) -> Objects.requireNonNull(into).put(key, value));
    return carrier.getOrDefault("traceparent", "");
  }

  private DecisionReceipt sent(RunId run, SignedDecision decision) {
    try {
      return connection.call("run " + run, () -> connection.pipeline(run).submitDecision(decision));
    } catch (WorkflowUpdateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message =
          cause instanceof io.temporal.failure.ApplicationFailure failure
              ? failure.getOriginalMessage()
              : cause.getMessage();
      throw new CommandException(ExitCode.CONFLICT, "run " + run + ": " + message, e);
    } catch (CommandException e) {
      if (e.exitCode() != ExitCode.UNREACHABLE) {
        throw e;
      }
      connection.call(
          "run " + run,
          () -> {
            connection.pipeline(run).decide(decision);
            return run;
          });
      return new DecisionReceipt(
          null,
          "sent as a signal because no worker answered; './lockkeeper review "
              + run
              + "' will show what became of it");
    }
  }
}
