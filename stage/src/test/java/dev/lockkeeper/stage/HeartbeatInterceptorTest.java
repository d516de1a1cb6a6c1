package dev.lockkeeper.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockkeeper.formats.run.Role;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.TimeoutFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Real time passes here: heartbeats are about the clock on the wall. */
class HeartbeatInterceptorTest {

  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final Duration WORK = Duration.ofSeconds(4);
  private static final Duration LONGER_THAN_A_BEAT = Duration.ofMillis(1_500);

  /** A queue of the user's own, in the same worker factory as the stage's. */
  private static final String OWN_QUEUE = "own";

  /** Calls one activity, whose worker may be silent for two seconds. */
  @WorkflowInterface
  public interface Counting {
    @WorkflowMethod
    int run(String taskQueue, int attempts);
  }

  /** The same. */
  public static final class CountingImpl implements Counting {
    @Override
    public int run(String taskQueue, int attempts) {
      return Workflow.newActivityStub(
              CountingActivities.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(taskQueue)
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .setHeartbeatTimeout(SILENCE)
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(attempts).build())
                  .build())
          .count("m@1", "a");
    }
  }

  private static final class Plugin extends StagePlugin {
    Plugin(Role role, CountingActivities activities) {
      super(role, () -> activities);
    }
  }

  @Test
  void longSilentWork_isNotTakenForALostWorker() {
    int attempt =
        run(
            1,
            (run, subject) -> {
              compute(WORK);
              return Activity.getExecutionContext().getInfo().getAttempt();
            });
    assertEquals(1, attempt);
  }

  @Test
  void whatWasToldLast_isThereInEveryLaterAttempt() {
    List<String> found = new ArrayList<>();
    int attempt =
        run(
            3,
            (run, subject) -> {
              ActivityExecutionContext context = Activity.getExecutionContext();
              found.add(context.getHeartbeatDetails(String.class).orElse("nothing"));
              if (context.getInfo().getAttempt() == 1) {
                context.heartbeat("row 7");
              }
              compute(LONGER_THAN_A_BEAT);
              if (context.getInfo().getAttempt() < 3) {
                throw new IllegalStateException("once more");
              }
              return context.getInfo().getAttempt();
            });
    assertEquals(3, attempt);
    assertEquals(List.of("nothing", "row 7", "row 7"), found);
  }

  @Test
  void activityOfAnotherQueue_isStillTakenForLost() {
    WorkflowFailedException lost =
        assertThrows(
            WorkflowFailedException.class,
            () ->
                run(
                    OWN_QUEUE,
                    1,
                    (run, subject) -> {
                      compute(WORK);
                      return 1;
                    }));
    TimeoutFailure cause = (TimeoutFailure) lost.getCause().getCause();
    assertEquals(TimeoutType.TIMEOUT_TYPE_HEARTBEAT, cause.getTimeoutType());
  }

  private static int run(int attempts, CountingActivities activities) {
    return run(Role.INGESTION.taskQueue(), attempts, activities);
  }

  private static int run(String taskQueue, int attempts, CountingActivities activities) {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setUseTimeskipping(false)
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder()
                    .setPlugins(
                        new Plugin(Role.INGESTION, activities),
                        new Plugin(Role.FEATURES, activities))
                    .build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      environment
          .newWorker(Role.INGESTION.taskQueue())
          .registerWorkflowImplementationTypes(CountingImpl.class);
      environment.newWorker(OWN_QUEUE).registerActivitiesImplementations(activities);
      environment.start();
      return environment
          .getWorkflowClient()
          .newWorkflowStub(
              Counting.class,
              WorkflowOptions.newBuilder().setTaskQueue(Role.INGESTION.taskQueue()).build())
          .run(taskQueue, attempts);
    }
  }

  /** Work that sends and receives no heartbeat. */
  private static void compute(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
