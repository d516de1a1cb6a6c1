package dev.lockkeeper.testing;

import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/**
 * A stage's activities in Temporal's test environment, on the state folder of a {@link SignedRun}:
 * with the role's own key, and with access to the zones that the stage declares and to no others.
 */
public final class StageUnderTest implements AutoCloseable {

  private static final Duration ATTEMPT = Duration.ofMinutes(2);

  /** Temporal sends an activity's heartbeats no more often than at four fifths of this. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final StageContext context;
  private final Function<StageContext, Object> activities;
  private TestActivityEnvironment environment;

  /**
   * Starts a worker.
   *
   * @param activities makes the implementation of the stage's activities
   */
  public StageUnderTest(
      SignedRun run, StageDefinition stage, Function<StageContext, Object> activities)
      throws IOException {
    this.context = StageContext.open(run.state(), stage);
    this.activities = activities;
    this.environment = worker();
  }

  /** What the stage works with. */
  public StageContext context() {
    return context;
  }

  /** The worker's environment: to give an attempt the heartbeat of the one before, or cancel it. */
  public TestActivityEnvironment temporal() {
    return environment;
  }

  /** Calls the stage, one attempt a call. */
  public <T> T call(Class<T> contract) {
    return environment.newActivityStub(
        contract,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(ATTEMPT)
            .setHeartbeatTimeout(HEARTBEAT)
            .build());
  }

  /**
   * The failure that Temporal is told of a call.
   *
   * @throws AssertionError if the call succeeds
   */
  public ApplicationFailure failure(Runnable call) {
    try {
      call.run();
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof ApplicationFailure told) {
        return told;
      }
      throw failure;
    }
    throw new AssertionError("the activity succeeded: expected a failure");
  }

  /** The worker is lost; another one takes over. */
  public void replaceWorker() {
    environment.close();
    environment = worker();
  }

  @Override
  public void close() {
    environment.close();
  }

  private TestActivityEnvironment worker() {
    TestActivityEnvironment worker = TestActivityEnvironment.newInstance();
    worker.registerActivitiesImplementations(activities.apply(context));
    return worker;
  }
}
