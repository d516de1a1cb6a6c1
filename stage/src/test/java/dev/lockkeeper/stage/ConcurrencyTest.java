package dev.lockkeeper.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.formats.run.Role;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrencyTest {

  private static final int ACTIVITIES = 6;
  private static final int LIMIT = 2;

  /** Calls six activities at the same time. */
  @WorkflowInterface
  public interface Crowd {
    @WorkflowMethod
    int run();
  }

  /** The same. */
  public static final class CrowdImpl implements Crowd {
    @Override
    public int run() {
      CountingActivities stage =
          Workflow.newActivityStub(
              CountingActivities.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(Role.TRAINING.taskQueue())
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .build());
      List<Promise<Integer>> all = new ArrayList<>();
      for (int i = 0; i < ACTIVITIES; i++) {
        String subject = "s" + i;
        all.add(Async.function(() -> stage.count("m@1", subject)));
      }
      return all.stream().mapToInt(Promise::get).max().orElseThrow();
    }
  }

  /** Says how many run beside it, after waiting for one more than there may be. */
  private static final class Crowded implements CountingActivities {

    private final AtomicInteger running = new AtomicInteger();
    private final Semaphore tooMany = new Semaphore(0);

    @Override
    public int count(String runId, String subject) {
      int beside = running.incrementAndGet();
      try {
        if (beside > LIMIT) {
          tooMany.release(ACTIVITIES);
        }
        // Ends at once where the limit does not hold, and lets others begin where it does.
        tooMany.tryAcquire(500, TimeUnit.MILLISECONDS);
        return beside;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } finally {
        running.decrementAndGet();
      }
    }
  }

  private static final class Plugin extends StagePlugin {
    Plugin(CountingActivities activities) {
      super(Role.TRAINING, () -> activities, new Concurrency(LIMIT));
    }
  }

  @Test
  void worker_runsNoMoreActivitiesAtOnce() {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setUseTimeskipping(false)
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder().setPlugins(new Plugin(new Crowded())).build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      environment
          .newWorker(Role.TRAINING.taskQueue())
          .registerWorkflowImplementationTypes(CrowdImpl.class);
      environment.start();
      Crowd crowd =
          environment
              .getWorkflowClient()
              .newWorkflowStub(
                  Crowd.class,
                  WorkflowOptions.newBuilder().setTaskQueue(Role.TRAINING.taskQueue()).build());

      assertEquals(LIMIT, crowd.run());
    }
  }

  @Test
  void withoutTheVariable_thereIsOneForEachProcessor() {
    assertEquals(Runtime.getRuntime().availableProcessors(), Concurrency.of(Map.of()).activities());
  }

  @Test
  void variable_isTheNumber() {
    assertEquals(5, Concurrency.of(Map.of(Concurrency.VARIABLE, "5")).activities());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "two", ""})
  void anythingElse_isRefusedByItsName(String value) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Concurrency.of(Map.of(Concurrency.VARIABLE, value)));

    assertTrue(String.valueOf(refused.getMessage()).startsWith(Concurrency.VARIABLE));
  }
}
