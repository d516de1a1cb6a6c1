package dev.lockkeeper.launcher;

import dev.lockkeeper.client.ClientSetup;
import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.temporal.api.common.v1.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Optional;

/** Tells a watch once more which version serves, as a run or a rollback does. */
final class ToldWatch {

  private ToldWatch() {}

  /** Tells it in a trace of its own, and returns the trace's id. */
  static String tell(WorkflowServiceStubsOptions server, String endpoint) {
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(server);
    OpenTelemetrySdk tracing =
        OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder().build()).build();
    Span teller = tracing.getTracer("test").spanBuilder("tell").startSpan();
    try (Scope told = teller.makeCurrent()) {
      WorkflowClient client =
          WorkflowClient.newInstance(stubs, ClientSetup.traced("default", tracing));
      String watch = MonitoringWorkflow.workflowId(endpoint);
      client
          .newWorkflowStub(MonitoringWorkflow.class, watch)
          .versionChanged(input(client, watch).modelPackage(), null);
      return teller.getSpanContext().getTraceId();
    } finally {
      stubs.shutdownNow();
    }
  }

  private static MonitoringInput input(WorkflowClient client, String watch) {
    Payloads started =
        client
            .fetchHistory(watch)
            .getEvents()
            .get(0)
            .getWorkflowExecutionStartedEventAttributes()
            .getInput();
    return ClientSetup.dataConverter()
        .fromPayloads(0, Optional.of(started), MonitoringInput.class, MonitoringInput.class);
  }
}
