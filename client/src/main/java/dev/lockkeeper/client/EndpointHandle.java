package dev.lockkeeper.client;

import dev.lockkeeper.client.ClientException.Kind;
import dev.lockkeeper.contracts.deployment.CanaryResult;
import dev.lockkeeper.contracts.deployment.CanaryStatus;
import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.contracts.deployment.RollbackWorkflow;
import dev.lockkeeper.contracts.monitoring.MonitoringStatus;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.formats.deployment.Confirmation;
import dev.lockkeeper.formats.deployment.Deployment;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What works on one endpoint now. */
public final class EndpointHandle {

  private final String endpoint;
  private final WorkflowClient client;

  EndpointHandle(String endpoint, WorkflowClient client) {
    this.endpoint = endpoint;
    this.client = client;
  }

  /** The canary that runs on it. */
  public Optional<CanaryStatus> canary() {
    String id = CanaryWorkflow.workflowId(endpoint);
    return running(id, () -> client.newWorkflowStub(CanaryWorkflow.class, id).status());
  }

  /** The watch for drift of what serves it. */
  public Optional<MonitoringStatus> watch() {
    String id = MonitoringWorkflow.workflowId(endpoint);
    return running(id, () -> client.newWorkflowStub(MonitoringWorkflow.class, id).status());
  }

  /**
   * Which gateways confirmed a manifest, by the result of the canary or the rollback that ended
   * with it; empty if neither of the last ones did.
   *
   * @param sequence the manifest's number
   */
  public Optional<Confirmation> confirmation(long sequence) {
    Stream<Deployment> ends =
        Stream.of(
                result(CanaryWorkflow.workflowId(endpoint), CanaryResult.class)
                    .map(CanaryResult::deployment),
                result(RollbackWorkflow.workflowId(endpoint), RollbackResult.class)
                    .flatMap(end -> Optional.ofNullable(end.deployment())))
            .flatMap(Optional::stream);
    return ends.filter(end -> end.state().sequence() == sequence)
        .flatMap(end -> Stream.ofNullable(end.confirmation()))
        .findFirst();
  }

  private <T> Optional<T> result(String id, Class<T> type) {
    WorkflowStub workflow = client.newUntypedWorkflowStub(id);
    return in(
        WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
        id,
        () -> workflow.getResult(type));
  }

  private <T> Optional<T> running(String id, Supplier<T> status) {
    return in(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING, id, status);
  }

  private <T> Optional<T> in(WorkflowExecutionStatus wanted, String id, Supplier<T> answer) {
    try {
      WorkflowExecutionStatus state =
          Calls.call(id, client.newUntypedWorkflowStub(id)::describe).getStatus();
      return state == wanted ? Optional.of(Calls.call(id, answer)) : Optional.empty();
    } catch (ClientException e) {
      if (e.kind() == Kind.UNKNOWN) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
