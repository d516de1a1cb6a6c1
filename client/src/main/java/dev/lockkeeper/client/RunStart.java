package dev.lockkeeper.client;

import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.pipeline.PipelineSpecification;
import dev.lockkeeper.formats.pipeline.SpecificationDigest;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;

/** Starts pipeline runs, each part of the caller's trace or the root of one. */
record RunStart(WorkflowClient client, OpenTelemetry openTelemetry) {

  /** A review may take 72 hours, a wait for another canary 24, and the canary as long again. */
  private static final Duration LONGEST_RUN = Duration.ofDays(7);

  /** Starts a run and returns its id once the server has it. */
  RunId start(
      PipelineSpecification specification, String version, String startedBy, String reason) {
    RunId run = new RunId(specification.name(), version);
    MonitoringSpecification.PERIODS.require("monitoring.every", specification.monitoring().every());
    Span root =
        openTelemetry
            .getTracer("dev.lockkeeper.client")
            .spanBuilder("lockkeeper run")
            .setAttribute("lockkeeper.run", run.toString())
            .startSpan();
    try (Scope scope = root.makeCurrent()) {
      start(run, specification, startedBy, reason, root.getSpanContext());
      return run;
    } catch (ClientException e) {
      root.setStatus(StatusCode.ERROR, e.getMessage());
      throw e;
    } finally {
      root.end();
    }
  }

  private void start(
      RunId run,
      PipelineSpecification specification,
      String startedBy,
      String reason,
      SpanContext trace) {
    PipelineInput input =
        new PipelineInput(
            run.version(),
            startedBy,
            SpecificationDigest.of(specification),
            specification,
            trace.isValid() ? trace.getTraceId() : "",
            reason);
    String subject = "run " + run;
    try {
      PipelineWorkflow workflow =
          client.newWorkflowStub(
              PipelineWorkflow.class,
              options(run, specification, startedBy, input.specificationDigest()).toBuilder()
                  .setWorkflowIdReusePolicy(reuse(run))
                  .build());
      Calls.call(subject, () -> WorkflowClient.start(workflow::run, input));
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw new ClientException(
          ClientException.Kind.EXISTS, subject, "exists already: a version is made once", e);
    }
  }

  /**
   * A version whose run was cancelled or terminated may be run again. One with another verdict may
   * not, for its evidence exists; to the server it has failed as well.
   */
  private WorkflowIdReusePolicy reuse(RunId run) {
    WorkflowStub before = client.newUntypedWorkflowStub(run.toString());
    String verdict;
    try {
      verdict =
          Calls.call("run " + run, before::describe)
              .getTypedSearchAttributes()
              .get(SearchAttributes.VERDICT);
    } catch (ClientException e) {
      if (e.kind() != ClientException.Kind.UNKNOWN) {
        throw e;
      }
      return WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;
    }
    return verdict == null || verdict.equals(Verdict.CANCELLED.name())
        ? WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY
        : WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;
  }

  private static WorkflowOptions options(
      RunId run, PipelineSpecification specification, String startedBy, String digest) {
    var attributes = io.temporal.common.SearchAttributes.newBuilder();
    attributes.set(SearchAttributes.MODEL_NAME, run.model());
    attributes.set(SearchAttributes.MODEL_VERSION, run.version());
    attributes.set(SearchAttributes.ENDPOINT, specification.endpoint());
    return WorkflowOptions.newBuilder()
        .setWorkflowId(run.toString())
        .setTaskQueue(Role.PIPELINE.taskQueue())
        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
        .setWorkflowExecutionTimeout(LONGEST_RUN)
        .setTypedSearchAttributes(attributes.build())
        .setStaticSummary(run + " to endpoint " + specification.endpoint())
        .setStaticDetails(
            specification.description()
                + "\n\nstarted by "
                + startedBy
                + "; data: "
                + specification.source().path())
        .setMemo(Map.of("startedBy", startedBy, "specificationDigest", digest))
        .build();
  }
}
