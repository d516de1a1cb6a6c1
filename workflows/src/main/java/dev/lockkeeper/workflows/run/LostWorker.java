package dev.lockkeeper.workflows.run;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;

/**
 * When the server takes the worker of an activity for lost, and gives the activity to another one:
 * after so long without a sign of life.
 *
 * <p>A call that is in a history keeps the time that it was scheduled with, and a replay compares
 * no times. So workers of the pipeline role may differ in it, and it may be changed under open
 * runs.
 *
 * @param after from 5 seconds, since a worker sends every second one and a busy machine loses some,
 *     to an hour
 */
public record LostWorker(Duration after) {

  /** The environment variable that sets it, in seconds. */
  public static final String VARIABLE = "LOCKKEEPER_LOST_AFTER_SECONDS";

  /** Longer than a collection of garbage or a busy disk holds a process up. */
  public static final LostWorker STANDARD = new LostWorker(Duration.ofSeconds(20));

  private static final long SHORTEST = 5;
  private static final long LONGEST = 3_600;

  public LostWorker {
    if (after.toSeconds() < SHORTEST || after.toSeconds() > LONGEST) {
      throw new IllegalArgumentException(
          VARIABLE
              + ": expected seconds from "
              + SHORTEST
              + " to "
              + LONGEST
              + ", got "
              + after.toSeconds());
    }
  }

  /** The standard unless the variable says otherwise. */
  public static LostWorker of(Map<String, String> environment) {
    String given = environment.get(VARIABLE);
    if (given == null) {
      return STANDARD;
    }
    if (!given.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          VARIABLE + ": expected a number of seconds such as 20, got '" + given + "'");
    }
    return new LostWorker(Duration.ofSeconds(Long.parseLong(given)));
  }

  /**
   * Sets it on each activity that the workflows of a task queue call from here on.
   *
   * @param taskQueue the queue of the workflows
   */
  public WorkerInterceptorBase interceptor(String taskQueue) {
    return new WorkerInterceptorBase() {
      @Override
      public WorkflowInboundCallsInterceptor interceptWorkflow(
          WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
          @Override
          public void init(WorkflowOutboundCallsInterceptor calls) {
            boolean ours = Workflow.getInfo().getTaskQueue().equals(taskQueue);
            super.init(ours ? new Calls(calls, after) : calls);
          }
        };
      }
    };
  }

  private static final class Calls extends WorkflowOutboundCallsInterceptorBase {

    private final Duration after;

    Calls(WorkflowOutboundCallsInterceptor next, Duration after) {
      super(next);
      this.after = after;
    }

    @Override
    public <R> ActivityOutput<R> executeActivity(ActivityInput<R> call) {
      ActivityOptions options =
          ActivityOptions.newBuilder(call.getOptions()).setHeartbeatTimeout(after).build();
      return super.executeActivity(
          new ActivityInput<>(
              call.getActivityName(),
              call.getResultClass(),
              call.getResultType(),
              call.getArgs(),
              options,
              call.getHeader()));
    }
  }
}
