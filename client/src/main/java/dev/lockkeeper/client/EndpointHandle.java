package dev.lockkeeper.client;

import dev.lockkeeper.client.ClientException.Kind;
import dev.lockkeeper.contracts.deployment.CanaryStatus;
import dev.lockkeeper.contracts.deployment.CanaryWorkflow;
import dev.lockkeeper.contracts.monitoring.MonitoringStatus;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import java.util.function.Supplier;

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

  private <T> Optional<T> running(String id, Supplier<T> status) {
    try {
      WorkflowExecutionStatus state =
          Calls.call(id, client.newUntypedWorkflowStub(id)::describe).getStatus();
      return state == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
          ? Optional.of(Calls.call(id, status))
          : Optional.empty();
    } catch (ClientException e) {
      if (e.kind() == Kind.UNKNOWN) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
