package dev.lockkeeper.workers;

import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many runs wait for a decision. No process knows, so the server is asked at each scrape.
 *
 * @param stubs the server
 * @param namespace where the runs are
 */
record PendingApprovals(WorkflowServiceStubs stubs, String namespace) {

  /** Less than a scrape waits. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  void showIn(MeterRegistry registry) {
    Gauge.builder("lockkeeper_pending_approvals", this, PendingApprovals::count)
        .description("Runs that wait for a decision; NaN while the server does not tell")
        .strongReference(true)
        .register(registry);
  }

  private double count() {
    try {
      return stubs
          .blockingStub()
          .withDeadlineAfter(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
          .countWorkflowExecutions(
              CountWorkflowExecutionsRequest.newBuilder()
                  .setNamespace(namespace)
                  .setQuery(PipelineWorkflow.AWAITS_DECISION)
                  .build())
          .getCount();
    } catch (StatusRuntimeException e) {
      return Double.NaN;
    }
  }
}
