package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lockkeeper.client.ClientSetup;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackWorkflow;
import dev.lockkeeper.contracts.monitoring.CompareWindowInput;
import dev.lockkeeper.contracts.monitoring.MonitoringActivities;
import dev.lockkeeper.contracts.monitoring.MonitoringInput;
import dev.lockkeeper.contracts.monitoring.MonitoringWorkflow;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Evidence;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.monitoring.WindowComparison;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.workflows.PipelinePlugin;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What spans of workflows and activities say, and where the trace of a watch's look begins. */
class SpansTest {
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("lockkeeper.stage");
  private static final AttributeKey<String> QUEUE = AttributeKey.stringKey("lockkeeper.task_queue");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("lockkeeper.attempt");
  private static final MonitoringSpecification EVERY_MINUTE =
      new MonitoringSpecification(Duration.ofMinutes(1), 1, 0.25);

  private final EndedSpans ended = new EndedSpans();
  private OpenTelemetrySdk tracing;
  private TestWorkflowEnvironment environment;
  private WorkflowClient client;

  @BeforeEach
  void start() {
    tracing =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(new WithoutEvictedSpans(ended)))
                    .build())
            .build();
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributes.all()
        .forEach(
            key ->
                options.registerSearchAttribute(
                    key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    environment =
        TestWorkflowEnvironment.newInstance(
            options
                .setWorkflowClientOptions(ClientSetup.traced("default", tracing))
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(ClientSetup.workerInterceptor(tracing))
                        .build())
                .build());
    String queue = Role.PIPELINE.taskQueue();
    new PipelinePlugin().initializeWorker(queue, environment.newWorker(queue));
    String deployment = Role.DEPLOYMENT.taskQueue();
    new UserDeploymentPlugin(1).initializeWorker(deployment, environment.newWorker(deployment));
    environment
        .newWorker(Role.MONITORING.taskQueue())
        .registerActivitiesImplementations(new TooFewRows());
    environment.start();
    client = environment.getWorkflowClient();
  }

  @AfterEach
  void close() {
    environment.close();
    tracing.close();
  }

  @Test
  void spans_haveKindStageQueueAndAttempt() {
    client
        .newWorkflowStub(RollbackWorkflow.class, options(RollbackWorkflow.workflowId("tips")))
        .rollBack(new RollbackInput("tips", null, "slow", "dora"));

    assertEquals(SpanKind.CLIENT, only("StartWorkflow:RollbackWorkflow").getKind());
    List<SpanData> attempts = named("RunActivity:FindStable");
    assertEquals(
        List.of(1L, 2L), attempts.stream().map(span -> span.getAttributes().get(ATTEMPT)).toList());
    for (SpanData attempt : attempts) {
      assertEquals(SpanKind.SERVER, attempt.getKind());
      assertEquals("deployment", attempt.getAttributes().get(STAGE));
      assertEquals("lockkeeper-deployment", attempt.getAttributes().get(QUEUE));
    }
    SpanData scheduled = only("StartActivity:FindStable");
    assertEquals(SpanKind.CLIENT, scheduled.getKind());
    assertEquals("deployment", scheduled.getAttributes().get(STAGE));
    until(() -> !named("RunWorkflow:RollbackWorkflow").isEmpty());
    SpanData workflow = only("RunWorkflow:RollbackWorkflow");
    assertEquals(SpanKind.SERVER, workflow.getKind());
    assertEquals("pipeline", workflow.getAttributes().get(STAGE));
  }

  @Test
  void lookOfAWatch_isATraceOfItsOwnWithALinkToTheRunThatIsWatched() {
    MonitoringWorkflow watch =
        client.newWorkflowStub(
            MonitoringWorkflow.class, options(MonitoringWorkflow.workflowId("tips")));
    String first =
        inATrace(
            () ->
                WorkflowClient.start(
                    watch::watch, MonitoringInput.start("tips", EVERY_MINUTE, modelPackage("1"))));
    until(() -> named("RunActivity:CompareWindow").size() >= 2);
    assertLooks(first, 0, 2);

    until(() -> !named("StartContinueAsNewWorkflow:MonitoringWorkflow").isEmpty());
    SpanData next = only("StartContinueAsNewWorkflow:MonitoringWorkflow");
    assertEquals(first, next.getTraceId(), "it goes on in the trace of what it watches");
    int looks = named("RunActivity:CompareWindow").size();
    until(() -> named("RunActivity:CompareWindow").size() >= looks + 2);
    assertLooks(first, looks, looks + 2);
    WorkflowStub.fromTyped(watch).terminate("enough");
  }

  private void assertLooks(String run, int from, int to) {
    List<SpanData> looks = named("StartActivity:CompareWindow").subList(from, to);
    List<String> compared =
        named("RunActivity:CompareWindow").stream().map(SpanData::getTraceId).toList();
    for (SpanData look : looks) {
      assertNotEquals(run, look.getTraceId());
      assertFalse(look.getParentSpanContext().isValid(), "it begins a trace");
      assertEquals(run, look.getLinks().get(0).getSpanContext().getTraceId());
      assertEquals(1, compared.stream().filter(look.getTraceId()::equals).count());
    }
    assertEquals(looks.size(), looks.stream().map(SpanData::getTraceId).distinct().count());
  }

  /** Does something in a trace of its own; returns the trace's id. */
  private String inATrace(Runnable work) {
    Span span = tracing.getTracer("test").spanBuilder("run").startSpan();
    try (Scope ignored = span.makeCurrent()) {
      work.run();
    } finally {
      span.end();
    }
    return span.getSpanContext().getTraceId();
  }

  private SpanData only(String name) {
    List<SpanData> found = named(name);
    assertEquals(1, found.size(), name);
    return found.get(0);
  }

  private List<SpanData> named(String name) {
    return ended.spans.stream().filter(span -> span.getName().equals(name)).toList();
  }

  /** Lets virtual time pass until the condition is met. */
  private void until(BooleanSupplier condition) {
    for (int minute = 0; minute < 1_000; minute++) {
      if (condition.getAsBoolean()) {
        return;
      }
      environment.sleep(Duration.ofSeconds(20));
    }
    throw new AssertionError(
        "not reached: " + ended.spans.stream().map(SpanData::getName).toList());
  }

  private static WorkflowOptions options(String workflowId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setTaskQueue(Role.PIPELINE.taskQueue())
        .build();
  }

  private static ModelPackage modelPackage(String version) {
    ArtifactRef any = new ArtifactRef(Zone.MODELS, "0".repeat(64), 1, "application/json");
    return new ModelPackage(
        "tips", version, version.repeat(64), List.of(), any, new Evidence(any, 1, 1));
  }

  /** An endpoint that nobody asks anything. */
  public static final class TooFewRows implements MonitoringActivities {

    @Override
    public WindowComparison compareWindow(CompareWindowInput input) {
      return new WindowComparison.TooFewRows(input.cursor());
    }
  }

  private static final class EndedSpans implements SpanExporter {
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> exported) {
      spans.addAll(exported);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
