package dev.lockkeeper.workflows.canary;

import dev.lockkeeper.contracts.deployment.EndpointQueue;
import dev.lockkeeper.workflows.run.Signals;
import io.temporal.workflow.Workflow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs that wait for the end of a canary. One that finds no place here looks by itself. */
final class WaitingRuns {

  private static final int MOST = 100;
  private static final int LONGEST_ID = 1_000;

  private final Set<String> ids = new LinkedHashSet<>();

  void add(String workflowId) {
    if (workflowId != null && workflowId.length() <= LONGEST_ID && ids.size() < MOST) {
      ids.add(workflowId);
    }
  }

  /** Tells each of them, also when the canary was cancelled; returns once they were told. */
  void tell() {
    List<String> all = List.copyOf(ids);
    Workflow.newDetachedCancellationScope(
            () ->
                all.forEach(
                    id ->
                        Signals.delivered(
                            () ->
                                Workflow.newExternalWorkflowStub(EndpointQueue.class, id)
                                    .endpointFree())))
        .run();
  }
}
