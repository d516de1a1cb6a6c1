package dev.lockkeeper.workflows;

import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.Payloads;
import dev.lockkeeper.contracts.run.RunFailure;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.approval.DecisionKind;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.workflows.run.LostWorker;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The workflows on a server in memory whose time is skipped, with fakes on every queue. */
final class WorkflowFixture implements AutoCloseable {
  final FakeStages stages = new FakeStages();
  final TestWorkflowEnvironment environment;
  final WorkflowClient client;

  WorkflowFixture() {
    this(WorkerOptions.getDefaultInstance(), LostWorker.STANDARD);
  }

  WorkflowFixture(LostWorker lostWorker) {
    this(WorkerOptions.getDefaultInstance(), lostWorker);
  }

  static WorkflowFixture withoutCache() {
    return new WorkflowFixture(
        WorkerOptions.newBuilder().setStickyQueueScheduleToStartTimeout(Duration.ZERO).build(),
        LostWorker.STANDARD);
  }

  private WorkflowFixture(WorkerOptions workflows, LostWorker lostWorker) {
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributes.all()
        .forEach(
            key ->
                options.registerSearchAttribute(
                    key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    environment =
        TestWorkflowEnvironment.newInstance(
            options
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setPlugins(new PipelinePlugin(lostWorker))
                        .build())
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build());
    client = environment.getWorkflowClient();
    stages.review.clock = () -> Instant.ofEpochMilli(environment.currentTimeMillis());
    WorkerFactory factory = environment.getWorkerFactory();
    factory.newWorker(Role.PIPELINE.taskQueue(), workflows);
    register(factory, stages);
    environment.start();
  }

  static void register(WorkerFactory factory, FakeStages stages) {
    stages
        .byRole()
        .forEach(
            (role, activities) ->
                factory.newWorker(role.taskQueue()).registerActivitiesImplementations(activities));
  }

  PipelineWorkflow start(PipelineInput input) {
    return start(client, input);
  }

  static PipelineWorkflow start(WorkflowClient client, PipelineInput input) {
    PipelineWorkflow run =
        client.newWorkflowStub(PipelineWorkflow.class, options("tips@" + input.version()));
    WorkflowClient.start(run::run, input);
    return run;
  }

  static WorkflowOptions options(String workflowId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setTaskQueue(Role.PIPELINE.taskQueue())
        .build();
  }

  /** Starts a run and brings it to the open review. */
  PipelineWorkflow startToReview(PipelineInput input) {
    PipelineWorkflow run = start(input);
    until(() -> run.review().review() != null);
    return run;
  }

  /** Starts a run and has it approved. */
  PipelineWorkflow startApproved(String version) {
    return startApproved(Examples.input(version, 1, Examples.Pace.PATIENT));
  }

  PipelineWorkflow startApproved(PipelineInput input) {
    PipelineWorkflow run = startToReview(input);
    run.submitDecision(FakeReview.decision("alice", DecisionKind.APPROVE));
    return run;
  }

  /** How a run ended, whether its workflow is complete or has failed. */
  static RunStatus end(PipelineWorkflow run) {
    try {
      return result(run, RunStatus.class);
    } catch (WorkflowFailedException failure) {
      RunStatus end = RunFailure.result(failure.getCause());
      if (end == null) {
        throw failure;
      }
      return end;
    }
  }

  static <T> T result(Object stub, Class<T> type) {
    return WorkflowStub.fromTyped(stub).getResult(type);
  }

  /** Lets virtual time pass until the condition is met; returns how many seconds. */
  int until(BooleanSupplier condition) {
    for (int second = 0; second < 3600; second++) {
      if (condition.getAsBoolean()) {
        return second;
      }
      environment.sleep(Duration.ofSeconds(1));
    }
    throw new AssertionError("not reached within an hour: " + environment.getDiagnostics());
  }

  @Override
  public void close() {
    environment.close();
  }
}
