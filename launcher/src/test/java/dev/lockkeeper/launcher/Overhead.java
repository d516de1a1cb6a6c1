package dev.lockkeeper.launcher;

import com.google.protobuf.Timestamp;
import dev.lockkeeper.starter.ServerAddress;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What orchestration costs: the wall time of a run's stages up to the review, minus the time inside
 * its activities; beside it nine empty activities, each on a queue of its own, on a bare worker on
 * the same server.
 *
 * @param wallSeconds from the run's start until the review is open
 * @param activitySeconds inside activities in that time
 * @param activities how many activities that were
 * @param bareSeconds nine empty activities on a bare worker, the fastest of five
 */
record Overhead(double wallSeconds, double activitySeconds, int activities, double bareSeconds) {

  /** Does nothing. */
  @ActivityInterface
  public interface Empty {
    void nothing();
  }

  /** Nine empty activities one after the other. */
  @WorkflowInterface
  public interface Nine {
    @WorkflowMethod
    void run();
  }

  /** Runs on queues {@code bare-0} to {@code bare-8}. */
  public static final class NineImpl implements Nine {
    @Override
    public void run() {
      for (int i = 0; i < 9; i++) {
        Workflow.newActivityStub(
                Empty.class,
                ActivityOptions.newBuilder()
                    .setTaskQueue("bare-" + i)
                    .setStartToCloseTimeout(Duration.ofSeconds(10))
                    .build())
            .nothing();
      }
    }
  }

  static Overhead measure(ServerAddress server, String runId) {
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(server.options());
    try {
      WorkflowClient client =
          WorkflowClient.newInstance(
              stubs, WorkflowClientOptions.newBuilder().setNamespace(server.namespace()).build());
      List<HistoryEvent> events = client.fetchHistory(runId).getEvents();
      return ofRun(events, bare(client));
    } finally {
      stubs.shutdownNow();
    }
  }

  private static Overhead ofRun(List<HistoryEvent> events, double bareSeconds) {
    Map<Long, String> scheduled = new HashMap<>();
    Map<Long, Double> started = new HashMap<>();
    double inside = 0;
    int activities = 0;
    for (HistoryEvent event : events) {
      if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) {
        scheduled.put(
            event.getEventId(),
            event.getActivityTaskScheduledEventAttributes().getActivityType().getName());
      } else if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED) {
        started.put(event.getEventId(), seconds(event.getEventTime()));
      } else if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED) {
        var completed = event.getActivityTaskCompletedEventAttributes();
        inside += seconds(event.getEventTime()) - started.get(completed.getStartedEventId());
        activities++;
        if ("OpenReview".equals(scheduled.get(completed.getScheduledEventId()))) {
          double wall = seconds(event.getEventTime()) - seconds(events.get(0).getEventTime());
          return new Overhead(wall, inside, activities, bareSeconds);
        }
      }
    }
    throw new IllegalStateException("the run never opened a review");
  }

  private static double bare(WorkflowClient client) {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    factory.newWorker("bare").registerWorkflowImplementationTypes(NineImpl.class);
    for (int i = 0; i < 9; i++) {
      factory.newWorker("bare-" + i).registerActivitiesImplementations((Empty) () -> {});
    }
    factory.start();
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long from = System.nanoTime();
      client
          .newWorkflowStub(Nine.class, WorkflowOptions.newBuilder().setTaskQueue("bare").build())
          .run();
      fastest = Math.min(fastest, (System.nanoTime() - from) / 1e9);
    }
    factory.shutdownNow();
    return fastest;
  }

  private static double seconds(Timestamp time) {
    return time.getSeconds() + time.getNanos() / 1e9;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "orchestration overhead: %d activities, wall %.3f s, inside activities %.3f s, overhead %.3f s; nine empty activities on"
            + " a bare worker %.3f s",
        activities,
        wallSeconds,
        activitySeconds,
        wallSeconds - activitySeconds,
        bareSeconds);
  }
}
