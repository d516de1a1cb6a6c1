package dev.lockkeeper.workflows.monitoring;

import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;

/**
 * The same watch on a versioned worker: it moves to the current build. A server refuses a
 * versioning behaviour from a worker without a version, so it is a type of its own.
 */
public final class UpgradedMonitoringWorkflowImpl extends MonitoringWorkflowImpl {

  /** As {@link MonitoringWorkflowImpl}. */
  @WorkflowInit
  public UpgradedMonitoringWorkflowImpl(MonitoringInput input) {
    super(input);
  }

  @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
  @Override
  public void watch(MonitoringInput start) {
    super.watch(start);
  }
}
