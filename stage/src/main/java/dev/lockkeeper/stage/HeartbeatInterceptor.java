package dev.lockkeeper.stage;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker says each second that it still has an activity of a stage in hand, whatever the activity
 * is busy with. So a lost worker shows within the heartbeat timeout, which is short, and not after
 * the longest time that the work may take. What the work itself told last is repeated. Activities
 * on other queues of the same workers are not touched: their heartbeats may mean something else.
 */
final class HeartbeatInterceptor extends WorkerInterceptorBase {

  private static final ScheduledExecutorService CLOCK =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "signs-of-life");
            thread.setDaemon(true);
            return thread;
          });

  private final Set<String> taskQueues;

  private HeartbeatInterceptor(Set<String> taskQueues) {
    this.taskQueues = taskQueues;
  }

  /** Adds it for a stage's queue, in one interceptor with other stages of the same workers. */
  static void addTo(WorkerFactoryOptions.Builder workers, String taskQueue) {
    Set<String> taskQueues = new HashSet<>(Set.of(taskQueue));
    List<WorkerInterceptor> all = new ArrayList<>();
    // A factory with no options of its own has none, not an empty array.
    WorkerInterceptor @Nullable [] given = workers.build().getWorkerInterceptors();
    for (WorkerInterceptor other : given == null ? new WorkerInterceptor[0] : given) {
      if (other instanceof HeartbeatInterceptor stages) {
        taskQueues.addAll(stages.taskQueues);
      } else {
        all.add(other);
      }
    }
    all.add(new HeartbeatInterceptor(Set.copyOf(taskQueues)));
    workers.setWorkerInterceptors(all.toArray(WorkerInterceptor[]::new));
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Call(next, taskQueues);
  }

  private static final class Call extends ActivityInboundCallsInterceptorBase {

    private final Set<String> taskQueues;
    private @Nullable Context context;

    Call(ActivityInboundCallsInterceptor next, Set<String> taskQueues) {
      super(next);
      this.taskQueues = taskQueues;
    }

    @Override
    public void init(ActivityExecutionContext given) {
      if (taskQueues.contains(given.getInfo().getActivityTaskQueue())) {
        context = new Context(given);
      }
      super.init(context == null ? given : context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      if (context == null) {
        return super.execute(input);
      }
      ScheduledFuture<?> beats =
          CLOCK.scheduleWithFixedDelay(context::beat, 1, 1, TimeUnit.SECONDS);
      try {
        return super.execute(input);
      } finally {
        beats.cancel(false);
      }
    }
  }

  private static final class Context extends ActivityExecutionContextBase {

    private volatile @Nullable Object last;

    Context(ActivityExecutionContext given) {
      super(given);
      last = given.getHeartbeatDetails(Object.class).orElse(null);
    }

    @Override
    public <V> void heartbeat(V details) {
      last = details;
      super.heartbeat(details);
    }

    void beat() {
      try {
        super.heartbeat(last);
      } catch (ActivityCompletionException e) {
        // The work is told so at its own next heartbeat, where it can stop cleanly.
      }
    }
  }
}
