package dev.lockkeeper.workflows.monitoring;

import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.workflows.run.Signals;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Tells the watch of an endpoint which version serves, and starts the watch if there is none. */
public record MonitoringStart(String endpoint, MonitoringSpecification monitoring) {

  public void versionServes(ModelPackage modelPackage) {
    if (tell(endpoint, modelPackage, monitoring)) {
      return;
    }
    MonitoringWorkflow watch =
        Workflow.newChildWorkflowStub(
            MonitoringWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(MonitoringWorkflow.workflowId(endpoint))
                .setTaskQueue(Role.PIPELINE.taskQueue())
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setStaticSummary("Watch over " + endpoint)
                .build());
    Async.procedure(watch::watch, MonitoringInput.start(endpoint, monitoring, modelPackage));
    try {
      Workflow.getWorkflowExecution(watch).get();
    } catch (ChildWorkflowFailure failure) {
      if (!(failure.getCause() instanceof WorkflowExecutionAlreadyStarted)) {
        throw failure;
      }
      tell(endpoint, modelPackage, monitoring);
    }
  }

  /**
   * Whether a watch runs and was told.
   *
   * @param monitoring how the version is watched; null to watch as before
   */
  public static boolean tell(
      String endpoint, ModelPackage modelPackage, @Nullable MonitoringSpecification monitoring) {
    MonitoringWorkflow watch =
        Workflow.newExternalWorkflowStub(
            MonitoringWorkflow.class, MonitoringWorkflow.workflowId(endpoint));
    return Signals.delivered(() -> watch.versionChanged(modelPackage, monitoring));
  }
}
