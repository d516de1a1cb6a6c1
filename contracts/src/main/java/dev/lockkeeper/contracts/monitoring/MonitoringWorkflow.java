package dev.lockkeeper.contracts.monitoring;

import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.registry.ModelPackage;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Watches an endpoint for as long as it serves; continues as new. One for an endpoint, by its
 * workflow id.
 */
@WorkflowInterface
public interface MonitoringWorkflow {

  @WorkflowMethod
  void watch(MonitoringInput input);

  /**
   * Another version serves the endpoint now: compare with its baseline from here on.
   *
   * @param modelPackage what serves
   * @param monitoring how it is watched; null to watch as before
   */
  @SignalMethod(description = "Another version serves the endpoint now")
  void versionChanged(ModelPackage modelPackage, @Nullable MonitoringSpecification monitoring);

  /** The watch as it stands. */
  @QueryMethod(description = "The watch as it stands")
  MonitoringStatus status();

  /** The workflow id of an endpoint's watch. */
  static String workflowId(String endpoint) {
    return "monitoring/" + endpoint;
  }
}
