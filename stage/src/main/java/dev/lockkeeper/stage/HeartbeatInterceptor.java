package dev.lockkeeper.stage;

import dev.lockkeeper.formats.run.Role;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.Arrays;
import java.util.Objects;
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

  private HeartbeatInterceptor() {}

  /** Adds it unless another stage of the same workers did. */
  static void addTo(WorkerFactoryOptions.Builder workers) {
    // A factory with no options of its own has none, not an empty array.
    WorkerInterceptor[] others =
        Objects.requireNonNullElse(
            workers.build().getWorkerInterceptors(), new WorkerInterceptor[0]);
    if (Arrays.stream(others).noneMatch(HeartbeatInterceptor.class::isInstance)) {
      WorkerInterceptor[] all = Arrays.copyOf(others, others.length + 1);
      all[others.length] = new HeartbeatInterceptor();
      workers.setWorkerInterceptors(all);
    }
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Call(next);
  }

  private static boolean isStage(String taskQueue) {
    return Arrays.stream(Role.values()).anyMatch(role -> role.taskQueue().equals(taskQueue));
  }

  private static final class Call extends ActivityInboundCallsInterceptorBase {

    private @Nullable Context context;

    Call(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext given) {
      if (isStage(given.getInfo().getActivityTaskQueue())) {
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
