package dev.lockkeeper.client;

import dev.lockkeeper.formats.run.Role;
import io.opentelemetry.api.trace.Span;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.opentracing.OpenTracingOptions;
import io.temporal.opentracing.OpenTracingWorkerInterceptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's tracing, with attributes on its spans that it does not know: the stage, the task queue
 * and the attempt. A look of a watch is a trace of its own.
 */
final class WorkerSpans extends WorkerInterceptorBase {

  private static final String QUEUES = Role.PIPELINE.taskQueue().replace(Role.PIPELINE.label(), "");

  private final OpenTracingOptions options;
  private final WorkerInterceptor tracing;

  WorkerSpans(OpenTracingOptions options) {
    this.options = options;
    this.tracing = new OpenTracingWorkerInterceptor(options);
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    WorkflowSpans spans = new WorkflowSpans(options);
    return spans.around(tracing.interceptWorkflow(spans.within(next)));
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return tracing.interceptActivity(new ActivitySpan(next));
  }

  static void describe(Span span, String taskQueue) {
    span.setAttribute("lockkeeper.task_queue", taskQueue);
    if (taskQueue.startsWith(QUEUES)) {
      span.setAttribute("lockkeeper.stage", taskQueue.substring(QUEUES.length()));
    }
  }

  static void describe(Span span, String taskQueue, int attempt) {
    describe(span, taskQueue);
    span.setAttribute("lockkeeper.attempt", attempt);
  }

  private static final class ActivitySpan extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityExecutionContext context;

    ActivitySpan(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext execution) {
      context = execution;
      super.init(execution);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      ActivityInfo activity = Objects.requireNonNull(context).getInfo();
      describe(Span.current(), activity.getActivityTaskQueue(), activity.getAttempt());
      return super.execute(input);
    }
  }
}
