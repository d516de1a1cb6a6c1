package dev.lockkeeper.client;

import dev.lockkeeper.client.ClientException.Kind;
import dev.lockkeeper.contracts.approval.DecisionReceipt;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.RunId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Sends decisions on one run. Each is a trace of its sender's, which the run's trace links to: a
 * person who decides days later is not the child of the engineer who started the run.
 */
record DecisionSender(RunId run, WorkflowClient client, OpenTelemetry openTelemetry) {

  DecisionReceipt send(SignedDecision decision) {
    Span span =
        openTelemetry
            .getTracer("dev.lockkeeper.client")
            .spanBuilder("lockkeeper decide")
            .setAttribute("lockkeeper.run", run.toString())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      return sent(new SignedDecision(decision.document(), decision.signature(), traceparent()));
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

  private DecisionReceipt sent(SignedDecision decision) {
    String subject = "run " + run;
    PipelineWorkflow workflow = client.newWorkflowStub(PipelineWorkflow.class, run.toString());
    try {
      return Calls.call(subject, () -> workflow.submitDecision(decision));
    } catch (WorkflowUpdateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message =
          cause instanceof ApplicationFailure failure
              ? failure.getOriginalMessage()
              : String.valueOf(cause.getMessage());
      throw new ClientException(Kind.NOT_AWAITED, subject, message, e);
    } catch (ClientException e) {
      if (e.kind() != Kind.UNREACHABLE) {
        throw e;
      }
      Calls.call(
          subject,
          () -> {
            workflow.decide(decision);
            return run;
          });
      return new DecisionReceipt.Sent(
          "sent as a signal because no worker answered; './lockkeeper review "
              + run
              + "' will show what became of it");
    }
  }
}
