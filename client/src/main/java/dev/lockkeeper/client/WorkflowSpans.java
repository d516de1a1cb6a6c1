package dev.lockkeeper.client;

import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.opentracing.OpenTracingOptions;
import io.temporal.opentracing.internal.ContextAccessor;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.unsafe.WorkflowUnsafe;

/**
 * The spans of one execution of a workflow. A watch never ends, so each of its looks is a trace of
 * its own, with a link to the span by which the run made it watch the version. A watch that
 * continues as new goes on in the trace of that run.
 */
final class WorkflowSpans {
  private static final String ENDLESS = MonitoringWorkflow.class.getSimpleName();

  private final OpenTracingOptions options;
  private SpanContext run = SpanContext.getInvalid();

  WorkflowSpans(OpenTracingOptions options) {
    this.options = options;
  }

  /** Calls into the workflow that Temporal's tracing has a span of already. */
  WorkflowInboundCallsInterceptor within(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(beforeTracing(outbound));
      }

      @Override
      public WorkflowOutput execute(WorkflowInput input) {
        WorkflowInfo workflow = Workflow.getInfo();
        WorkerSpans.describe(Span.current(), workflow.getTaskQueue(), workflow.getAttempt());
        if (isEndless() && !run.isValid()) {
          follow(input.getHeader());
        }
        return super.execute(input);
      }

      @Override
      public void handleSignal(SignalInput input) {
        if (isEndless()) {
          follow(input.getHeader());
        }
        super.handleSignal(input);
      }
    };
  }

  /** Around Temporal's tracing, so that its spans are there when the workflow calls out. */
  WorkflowInboundCallsInterceptor around(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(afterTracing(outbound));
      }
    };
  }

  private WorkflowOutboundCallsInterceptor beforeTracing(WorkflowOutboundCallsInterceptor next) {
    return new WorkflowOutboundCallsInterceptorBase(next) {
      @Override
      public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
        try (Scope own = (isEndless() ? Context.root() : Context.current()).makeCurrent()) {
          return super.executeActivity(input);
        }
      }

      @Override
      public void continueAsNew(ContinueAsNewInput input) {
        try (Scope following = following().makeCurrent()) {
          super.continueAsNew(input);
        }
      }
    };
  }

  private WorkflowOutboundCallsInterceptor afterTracing(WorkflowOutboundCallsInterceptor next) {
    return new WorkflowOutboundCallsInterceptorBase(next) {
      @Override
      public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
        if (!WorkflowUnsafe.isReplaying()) {
          WorkerSpans.describe(Span.current(), input.getOptions().getTaskQueue());
          if (isEndless() && run.isValid()) {
            Span.current().addLink(run);
          }
        }
        return super.executeActivity(input);
      }
    };
  }

  private Context following() {
    return isEndless() && run.isValid() ? Context.root().with(Span.wrap(run)) : Context.current();
  }

  private void follow(Header header) {
    io.opentracing.SpanContext sender =
        new ContextAccessor(options).readSpanContextFromHeader(header, options.getTracer());
    if (sender != null) {
      run =
          SpanContext.createFromRemoteParent(
              sender.toTraceId(),
              sender.toSpanId(),
              TraceFlags.getSampled(),
              TraceState.getDefault());
    }
  }

  private static boolean isEndless() {
    return Workflow.getInfo().getWorkflowType().equals(ENDLESS);
  }
}
