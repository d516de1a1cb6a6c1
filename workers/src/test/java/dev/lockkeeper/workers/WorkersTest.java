package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.client.ClientSetup;
import dev.lockkeeper.contracts.deployment.RollbackInput;
import dev.lockkeeper.contracts.deployment.RollbackResult;
import dev.lockkeeper.contracts.deployment.RollbackWorkflow;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.workflows.PipelinePlugin;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {
  private static final String NAMESPACE = "default";

  @TempDir private Path folder;
  private TestServer.PortBoundTestServer server;
  private WorkflowServiceStubsOptions address;
  private WorkflowServiceStubs stubs;

  @BeforeEach
  void start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port);
    address = WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:" + port).build();
    stubs = WorkflowServiceStubs.newServiceStubs(address);
    registerSearchAttributes();
  }

  @AfterEach
  void close() throws IOException {
    stubs.shutdownNow();
    server.close();
  }

  @Test
  void userPlugin_takesAStageOnItsOwnQueue() throws IOException {
    UserDeploymentPlugin plugin = new UserDeploymentPlugin();
    try (Tracing tracing = Tracing.local("test", null);
        Workers workers =
            Workers.start(configuration(0), tracing, List.of(new PipelinePlugin(), plugin))) {

      assertEquals(
          "tips went from no version to no version: slow (asked by dora)",
          rollBack(tracing).message());
      assertTrue(workers.metricsPort() > 0);
      assertEquals(
          Set.of("lockkeeper-pipeline", "lockkeeper-deployment"), new HashSet<>(plugin.queues));
    }
  }

  @Test
  void oneTrace_leadsFromTheClientToTheActivities() throws IOException {
    Path file = folder.resolve("traces").resolve("spans.jsonl");
    try (Tracing tracing = Tracing.local("test", file);
        Workers workers =
            Workers.start(
                configuration(0),
                tracing,
                List.of(new PipelinePlugin(), new UserDeploymentPlugin()))) {
      rollBack(tracing);
      assertTrue(workers.metricsPort() > 0);
    }

    Set<String> traces = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (JsonNode span : spans(file)) {
      traces.add(span.path("traceId").asText());
      names.add(span.path("name").asText());
    }
    assertEquals(1, traces.size(), traces.toString());
    assertTrue(
        names.containsAll(
            Set.of(
                "StartWorkflow:RollbackWorkflow",
                "RunActivity:FindStable",
                "RunActivity:RestoreStable")),
        names.toString());
  }

  @Test
  void everyAttempt_isASpanOfTheTrace() throws IOException {
    Path file = folder.resolve("traces").resolve("spans.jsonl");
    try (Tracing tracing = Tracing.local("test", file);
        Workers workers =
            Workers.start(
                configuration(0),
                tracing,
                List.of(new PipelinePlugin(), new UserDeploymentPlugin(1)))) {
      rollBack(tracing);
      assertTrue(workers.metricsPort() > 0);
    }

    List<JsonNode> attempts =
        spans(file).stream()
            .filter(span -> span.path("name").asText().equals("RunActivity:FindStable"))
            .toList();
    assertEquals(2, attempts.size(), attempts.toString());
    assertEquals(attempts.get(0).path("traceId"), attempts.get(1).path("traceId"));
  }

  @Test
  void operators_canScrapeAndProbe() throws Exception {
    try (Tracing tracing = Tracing.local("test", null);
        Workers workers =
            Workers.start(
                configuration(0),
                tracing,
                List.of(new PipelinePlugin(), new UserDeploymentPlugin()))) {
      rollBack(tracing);

      assertEquals("alive\n", get(workers, "/health/live").body());
      assertEquals("ready\n", get(workers, "/health/ready").body());
      String metrics = get(workers, "/metrics").body();
      assertTrue(metrics.contains("jvm_memory_used_bytes"));
      assertTrue(metrics.contains("# HELP lockkeeper_pending_approvals Runs that wait for"));
    }
  }

  @Test
  void portInUse_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0);
        Tracing tracing = Tracing.local("test", null)) {
      WorkerConfiguration configuration = configuration(taken.getLocalPort());

      IOException failure =
          assertThrows(
              IOException.class,
              () -> Workers.start(configuration, tracing, List.of(new PipelinePlugin())));

      assertEquals(
          "the metrics port "
              + taken.getLocalPort()
              + " on 127.0.0.1 cannot be opened: Address already in use",
          failure.getMessage());
    }
  }

  private RollbackResult rollBack(Tracing tracing) {
    WorkflowClient client =
        WorkflowClient.newInstance(stubs, ClientSetup.traced(NAMESPACE, tracing.openTelemetry()));
    return client
        .newWorkflowStub(
            RollbackWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(RollbackWorkflow.workflowId("tips"))
                .setTaskQueue(Role.PIPELINE.taskQueue())
                .build())
        .rollBack(new RollbackInput("tips", null, "slow", "dora"));
  }

  private WorkerConfiguration configuration(int port) {
    return new WorkerConfiguration(
        address,
        NAMESPACE,
        true,
        Set.of(Role.PIPELINE, Role.DEPLOYMENT),
        new StateFolder(folder),
        new StageSettings(Map.of()),
        port,
        "127.0.0.1");
  }

  private void registerSearchAttributes() {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(stubs.getRawChannel())
                .validateAndBuildWithDefaults());
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace(NAMESPACE);
    SearchAttributes.all()
        .forEach(
            key ->
                request.putSearchAttributes(
                    key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    operator.blockingStub().addSearchAttributes(request.build());
  }

  private static List<JsonNode> spans(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> spans = new java.util.ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      for (JsonNode resource : mapper.readTree(line).path("resourceSpans")) {
        for (JsonNode scope : resource.path("scopeSpans")) {
          scope.path("spans").forEach(spans::add);
        }
      }
    }
    return spans;
  }

  private static HttpResponse<String> get(Workers workers, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + workers.metricsPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
