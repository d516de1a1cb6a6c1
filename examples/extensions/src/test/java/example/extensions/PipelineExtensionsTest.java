package example.extensions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.KeyFiles;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.secret.SecretName;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.client.LockkeeperClient;
import dev.lockkeeper.client.RunHandle;
import dev.lockkeeper.client.TemporalServer;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.engine.DataEngines;
import dev.lockkeeper.formats.approval.DecisionDocument;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.specification.PipelineFile;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.workers.Tracing;
import dev.lockkeeper.workers.WorkerConfiguration;
import dev.lockkeeper.workers.WorkerRoles;
import dev.lockkeeper.workers.Workers;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline of Lockkeeper's own stages that uses a trainer, a gate check and a sink of others. */
class PipelineExtensionsTest {

  private static final String NAMESPACE = "default";

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: trips
      version: 1.0.0
      status: active
      schema:
        - name: trips
          logicalType: object
          properties:
            - {name: fare, logicalType: number, required: true}
            - {name: tips, logicalType: number, required: true}
      """;

  private static final String PIPELINE =
      """
      name: tips
      endpoint: tips
      description: Will the passenger tip?
      source: {path: trips.csv}
      contract: contract.yaml
      features:
        version: "1"
        columns:
          - {name: fare, expression: fare}
        label: {name: tipped, expression: tips > 0}
      training: {trainer: scaled-logistic, seed: 7}
      split: {holdout: 0.25, seed: 11}
      validation:
        decisionThreshold: 0.5
        bootstrapSamples: 100
        seed: 5
        metrics:
          - {metric: auc, minimum: 0.6}
      approval: {quorum: 1, remindAfter: 1s, expireAfter: 1h}
      deployment:
        steps:
          - {percent: 50, minimumRequests: 10, bake: 1s}
        lookEvery: 1s
        alpha: 0.05
        maximum: 5m
      monitoring: {every: 1h, minimumRows: 500, threshold: 0.25}
      """;

  @TempDir private Path folder;
  private StateFolder state;
  private TestServer.PortBoundTestServer server;
  private WorkflowServiceStubsOptions address;
  private Webhook webhook;

  @BeforeEach
  void start() throws IOException {
    webhook = Webhook.open();
    state = stateWithAVault();
    String alice = SshSigner.generate(folder.resolve("alice"), "alice");
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"" + DecisionDocument.SIGNATURE_NAMESPACE + "\" " + alice + "\n",
        StandardOpenOption.APPEND);
    StringBuilder rows = new StringBuilder("fare,tips\n");
    for (int i = 0; i < 600; i++) {
      double fare = i % 40 + i / 1000.0;
      rows.append(fare).append(',').append(fare > 20 || i % 7 == 0 ? 1 : 0).append('\n');
    }
    Files.writeString(folder.resolve("trips.csv"), rows);
    Files.writeString(folder.resolve("contract.yaml"), CONTRACT);
    Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port);
    address = WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:" + port).build();
    registerSearchAttributes();
  }

  /** The keys are given out by a program, from a folder that Lockkeeper does not know. */
  private StateFolder stateWithAVault() throws IOException {
    Path vault = Files.createDirectory(folder.resolve("vault"));
    for (Role role : WorkerRoles.load().signing()) {
      KeyFiles.generate(
          vault.resolve(SecretName.keyOf(role).value()), folder.resolve(role.label() + ".pub"));
    }
    return WorkerRoles.load()
        .initialise(
            new StateFolder(folder.resolve("state"))
                .withSecrets(URI.create("command:" + CommandSecretsTest.program(folder))));
  }

  @AfterEach
  void stop() {
    server.close();
    webhook.close();
  }

  @Test
  void trainerGateCheckAndSink_takePartInARun() throws Exception {
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            address,
            NAMESPACE,
            true,
            WorkerRoles.load().all(),
            state,
            new StageSettings(
                Map.of(StageSettings.GATEWAY, "counted:500", DataEngines.SETTING, "measured")),
            0,
            "127.0.0.1");
    try (Tracing tracing = Tracing.start("extensions", null);
        Workers workers = Workers.start(configuration, tracing);
        LockkeeperClient client =
            LockkeeperClient.connect(new TemporalServer(address, NAMESPACE))) {
      RunHandle run =
          client.start(
              PipelineFile.read(folder.resolve("pipeline.yaml"), null).specification(),
              "1",
              "engineer");

      RunStatus status = run.follow(now -> {}, now -> reminded());

      assertEquals(null, status.verdict(), status.message());
      assertTrue(keeps("evidence", "\"gate\":\"rows minimum\""));
      assertTrue(keeps("candidates", "\"trainer\":\"scaled-logistic\""));
      assertTrue(keeps("candidates", "\"measured\":\"measured duckdb_jdbc"));
      assertTrue(MeasuredEngineProvider.statements() > 0);
      assertNoKey(client.temporal().fetchHistory("tips@1"));
    }
  }

  /** Whether approvers were told by the sink that they must decide. */
  private boolean reminded() {
    return webhook.alerts().stream()
        .anyMatch(
            alert ->
                alert.path("from").asText().equals(Role.APPROVAL.label())
                    && alert.path("subject").asText().equals("tips@1"));
  }

  /** No line of a key's text is in the run's history or in a zone. */
  private void assertNoKey(WorkflowExecutionHistory history) throws IOException {
    for (Role role : WorkerRoles.load().signing()) {
      Path key = folder.resolve("vault").resolve(SecretName.keyOf(role).value());
      String line = Files.readAllLines(key).get(1);
      for (HistoryEvent event : history.getEvents()) {
        assertFalse(
            new String(event.toByteArray(), StandardCharsets.ISO_8859_1).contains(line),
            () -> role + " in event " + event.getEventId());
      }
      assertFalse(keeps("", line), role.toString());
    }
  }

  private boolean keeps(String zone, String text) throws IOException {
    try (Stream<Path> files = Files.walk(state.store().resolve(zone))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
      return false;
    }
  }

  private void registerSearchAttributes() {
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(address);
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
    stubs.shutdownNow();
  }
}
