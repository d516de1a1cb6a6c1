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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What orchestration costs: the wall time of a whole run, minus the time inside the activities of
 * the run and of its canary, minus the waiting: for a person, and for the canary's steps to bake.
 * Beside it nine empty activities, each on a queue of its own, on a bare worker on the same server.
 *
 * @param wallSeconds from the run's start to its end
 * @param activitySeconds inside activities
 * @param waitingSeconds for a person or for a step to bake, while no activity ran
 * @param activities how many activities that were
 * @param bareSeconds nine empty activities on a bare worker, the fastest of five
 */
record Overhead(
    double wallSeconds,
    double activitySeconds,
    double waitingSeconds,
    int activities,
    double bareSeconds) {

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

  static Overhead measure(ServerAddress server, String runId, String canaryId) {
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(server.options());
    try {
      WorkflowClient client =
          WorkflowClient.newInstance(
              stubs, WorkflowClientOptions.newBuilder().setNamespace(server.namespace()).build());
      List<HistoryEvent> run = client.fetchHistory(runId).getEvents();
      List<HistoryEvent> canary = client.fetchHistory(canaryId).getEvents();
      List<Interval> activities = new ArrayList<>(activities(run));
      activities.addAll(activities(canary));
      List<Interval> busy = new ArrayList<>(activities);
      busy.addAll(baking(canary));
      busy.add(deciding(run));
      double wall =
          seconds(run.get(run.size() - 1).getEventTime()) - seconds(run.get(0).getEventTime());
      double inside = covered(activities);
      return new Overhead(wall, inside, covered(busy) - inside, activities.size(), bare(client));
    } finally {
      stubs.shutdownNow();
    }
  }

  /** Seconds of the server's clock. */
  private record Interval(double from, double to) {}

  private static List<Interval> activities(List<HistoryEvent> events) {
    Map<Long, Double> started = new HashMap<>();
    List<Interval> activities = new ArrayList<>();
    for (HistoryEvent event : events) {
      if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED) {
        started.put(event.getEventId(), seconds(event.getEventTime()));
      } else if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED) {
        long from = event.getActivityTaskCompletedEventAttributes().getStartedEventId();
        activities.add(new Interval(started.get(from), seconds(event.getEventTime())));
      }
    }
    return activities;
  }

  private static List<Interval> baking(List<HistoryEvent> canary) {
    Map<Long, Double> started = new HashMap<>();
    List<Interval> timers = new ArrayList<>();
    for (HistoryEvent event : canary) {
      if (event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED) {
        started.put(event.getEventId(), seconds(event.getEventTime()));
      } else if (event.getEventType() == EventType.EVENT_TYPE_TIMER_FIRED) {
        long from = event.getTimerFiredEventAttributes().getStartedEventId();
        timers.add(new Interval(started.get(from), seconds(event.getEventTime())));
      }
    }
    return timers;
  }

  /** From the open review to the decision's arrival. */
  private static Interval deciding(List<HistoryEvent> run) {
    long opening = 0;
    double from = 0;
    for (HistoryEvent event : run) {
      if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
          && event
              .getActivityTaskScheduledEventAttributes()
              .getActivityType()
              .getName()
              .equals("OpenReview")) {
        opening = event.getEventId();
      } else if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED
          && event.getActivityTaskCompletedEventAttributes().getScheduledEventId() == opening) {
        from = seconds(event.getEventTime());
      } else if (event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED) {
        return new Interval(from, seconds(event.getEventTime()));
      }
    }
    throw new IllegalStateException("nobody decided on the run");
  }

  /** How long at least one of the intervals lasted. */
  private static double covered(List<Interval> intervals) {
    double covered = 0;
    double until = Double.NEGATIVE_INFINITY;
    for (Interval next : intervals.stream().sorted(Comparator.comparing(Interval::from)).toList()) {
      covered += Math.max(0, next.to() - Math.max(next.from(), until));
      until = Math.max(until, next.to());
    }
    return covered;
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
        "orchestration overhead: %d activities, wall %.3f s, inside activities %.3f s, waiting for a person and for"
            + " steps to bake %.3f s, overhead %.3f s; nine empty activities on a bare worker %.3f s",
        activities,
        wallSeconds,
        activitySeconds,
        waitingSeconds,
        wallSeconds - activitySeconds - waitingSeconds,
        bareSeconds);
  }
}
