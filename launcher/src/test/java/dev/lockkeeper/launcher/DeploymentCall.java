package dev.lockkeeper.launcher;

import dev.lockkeeper.contracts.deployment.CanaryInput;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.deployment.DeploymentActivities;
import dev.lockkeeper.contracts.deployment.RestoreInput;
import dev.lockkeeper.contracts.deployment.ShiftTrafficInput;
import dev.lockkeeper.formats.deployment.CanaryStep;
import dev.lockkeeper.formats.deployment.Deployment;
import dev.lockkeeper.formats.deployment.DeploymentSpecification;
import dev.lockkeeper.formats.run.Role;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks the deployment worker for one activity, as often as a test likes: deliveries repeat. */
final class DeploymentCall implements AutoCloseable {

  private static final String QUEUE = "test-deployment-call";

  enum Activity {
    SHIFT,
    RESTORE
  }

  @WorkflowInterface
  public interface Call {
    @WorkflowMethod
    Deployment call(
        Activity activity, @Nullable ShiftTrafficInput shift, @Nullable RestoreInput restore);
  }

  /** The one activity, tried once. */
  public static final class OneCall implements Call {
    @Override
    public Deployment call(
        Activity activity, @Nullable ShiftTrafficInput shift, @Nullable RestoreInput restore) {
      DeploymentActivities deployment =
          Workflow.newActivityStub(
              DeploymentActivities.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(Role.DEPLOYMENT.taskQueue())
                  .setStartToCloseTimeout(Duration.ofSeconds(30))
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                  .build());
      return switch (activity) {
        case SHIFT -> deployment.shiftTraffic(shift);
        case RESTORE -> deployment.restoreStable(restore);
      };
    }
  }

  private final WorkflowClient client;
  private final WorkerFactory factory;

  DeploymentCall(WorkflowClient client) {
    this.client = client;
    this.factory = WorkerFactory.newInstance(client);
    factory.newWorker(QUEUE).registerWorkflowImplementationTypes(OneCall.class);
    factory.start();
  }

  Deployment shift(ShiftTrafficInput input) {
    return stub().call(Activity.SHIFT, input, null);
  }

  /** Starts a canary as anybody can, with a plan of one's own. */
  CanaryResult canaryWithAllTraffic(ShiftTrafficInput shift) {
    DeploymentSpecification plan =
        new DeploymentSpecification(
            List.of(new CanaryStep(100, 0, Duration.ZERO)),
            Duration.ofSeconds(1),
            0.05,
            Duration.ofMinutes(1));
    return client
        .newWorkflowStub(
            CanaryWorkflow.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(Role.PIPELINE.taskQueue())
                .setWorkflowId(CanaryWorkflow.workflowId(shift.endpoint()))
                .build())
        .release(
            new CanaryInput(
                shift.run(), shift.endpoint(), shift.candidate(), shift.approval(), plan, null));
  }

  Deployment restore(RestoreInput input) {
    return stub().call(Activity.RESTORE, null, input);
  }

  private Call stub() {
    return client.newWorkflowStub(
        Call.class,
        WorkflowOptions.newBuilder()
            .setTaskQueue(QUEUE)
            .setWorkflowId("deployment-call-" + UUID.randomUUID())
            .build());
  }

  @Override
  public void close() {
    factory.shutdownNow();
  }
}
