package dev.lockkeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.client.ClientException.Kind;
import dev.lockkeeper.contracts.pipeline.PipelineInput;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.approval.SignedDecision;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunId;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockkeeperClientTest {

  private TestServer.PortBoundTestServer server;
  private LockkeeperClient client;
  private WorkerFactory factory;

  @BeforeEach
  void start() throws IOException {
    int port = freePort();
    server = TestServer.createPortBoundServer(port);
    client = LockkeeperClient.connect(TemporalServer.at("127.0.0.1:" + port, "default"));
    registerSearchAttributes();
    factory = WorkerFactory.newInstance(client.temporal());
    factory
        .newWorker(Role.PIPELINE.taskQueue())
        .registerWorkflowImplementationTypes(RunHandleTest.Training.class);
    factory.start();
  }

  @AfterEach
  void close() throws IOException {
    factory.shutdownNow();
    client.close();
    server.close();
  }

  @Test
  void startedRun_isFollowedToItsEnd() throws Exception {
    RunHandle run = client.start(Pipelines.tips(""), "1", "dora");
    assertEquals(new RunId("tips", "1"), run.id());
    assertTrue(run.exists());
    assertEquals(List.of(), run.review().gates());
    List<RunStatus> seen = new ArrayList<>();

    RunStatus training = run.follow(seen::add, status -> true);
    stub(run).terminate("by hand");
    RunStatus end = run.awaitEnd();

    assertEquals(List.of(training), seen);
    assertEquals(Verdict.CANCELLED, end.verdict());
  }

  @Test
  void versionThatIsThere_isNotStartedAgain() {
    client.start(Pipelines.tips(""), "1", "dora");

    ClientException failure =
        assertThrows(ClientException.class, () -> client.start(Pipelines.tips(""), "1", "dora"));

    assertEquals(Kind.EXISTS, failure.kind());
    assertEquals("run tips@1: exists already: a version is made once", failure.getMessage());
  }

  @Test
  void versionThatHasAVerdict_isNotStartedAgain() throws Exception {
    RunHandle run = client.start(Pipelines.tips(""), "1", "dora");
    stub(run).signal("decide", new SignedDecision("", "", ""));
    RunStatus end = run.awaitEnd();
    assertEquals(Verdict.REJECTED, end.verdict());
    assertEquals("training: logistic-regression", end.message());

    ClientException failure =
        assertThrows(ClientException.class, () -> client.start(Pipelines.tips(""), "1", "dora"));

    assertEquals(Kind.EXISTS, failure.kind());
  }

  @Test
  void versionWhoseRunWasTerminated_mayBeStartedAgain() {
    stub(client.start(Pipelines.tips(""), "1", "dora")).terminate("by hand");

    RunHandle again = client.start(Pipelines.tips(""), "1", "dora");

    assertNull(again.status().verdict());
  }

  @Test
  void specificationAboveThePayloadLimit_isNotStarted() {
    ClientException failure =
        assertThrows(
            ClientException.class,
            () ->
                client.start(Pipelines.tips("x".repeat(PayloadLimit.MAXIMUM_BYTES)), "1", "dora"));

    assertEquals(Kind.INVALID, failure.kind());
    assertTrue(failure.detail().contains("above the limit of 1048576"), failure::getMessage);
    assertFalse(client.run(new RunId("tips", "1")).exists());
  }

  /** A program that does not use our records can send anything. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/version|\"a b\"|version 'a b': expected letters, digits",
        "/specification|null|specification: is missing",
        "/specification/training|null|training: is missing",
        "/specification/training/parameters|{\"depth\":null}|training.parameters: is missing",
        "/specification/source/path|\"trips.csv\"|source.path: expected an absolute path",
        "/specification/split/holdoutShare|2|split.holdoutShare: expected 0.001 to 0.999, got 2.0",
        "/specification/split/key|\"driver\"|split.key: the contract has no column 'driver'",
        "/specification/contract/columns/1/name|\"FARE\"|contract.columns.FARE: there is another",
        "/specification/validation/metrics|[{\"metric\":\"LUCK\"}]|the run's input cannot be read:"
            + " specification.validation.metrics[0].metric: Cannot deserialize",
        "/specification/features|\"all\"|the run's input cannot be read: specification.features:"
      })
  void inputThatNoClientOfOursWouldSend_endsTheRunAndIsNotTriedForEver(
      String place, String value, String expected) {
    JsonNode sent =
        Json.mapper().valueToTree(new PipelineInput("1", "dora", "", Pipelines.tips(""), ""));
    int slash = place.lastIndexOf('/');
    ((ObjectNode) sent.at(place.substring(0, slash)))
        .set(
            place.substring(slash + 1),
            Json.read(value.getBytes(StandardCharsets.UTF_8), JsonNode.class));
    RunHandle run = client.run(new RunId("tips", "1"));
    client
        .temporal()
        .newUntypedWorkflowStub(
            "PipelineWorkflow",
            WorkflowOptions.newBuilder()
                .setWorkflowId(run.id().toString())
                .setTaskQueue(Role.PIPELINE.taskQueue())
                .build())
        .start(sent);

    WorkflowFailedException failure =
        assertThrows(
            WorkflowFailedException.class,
            () -> stub(run).getResult(30, TimeUnit.SECONDS, RunStatus.class));

    ApplicationFailure cause = (ApplicationFailure) failure.getCause();
    assertEquals("SPECIFICATION_INVALID", cause.getType());
    assertTrue(cause.isNonRetryable());
    assertEquals(expected, cause.getOriginalMessage().substring(0, expected.length()));
    assertEquals(Verdict.FAILED, run.status().verdict());
  }

  @Test
  void decision_isAnsweredByTheRun() {
    RunHandle run = client.start(Pipelines.tips(""), "1", "dora");

    assertEquals("no", run.decide(new SignedDecision("{}", "none", "")).message());
  }

  @Test
  void decisionOnARunThatIsNotThere_isUnknown() {
    RunHandle run = client.run(new RunId("tips", "9"));

    ClientException failure =
        assertThrows(ClientException.class, () -> run.decide(new SignedDecision("{}", "none", "")));

    assertEquals(Kind.UNKNOWN, failure.kind());
    assertFalse(run.exists());
  }

  @Test
  void listOnTheInMemoryServer_isUnsupported() {
    ClientException failure = assertThrows(ClientException.class, () -> client.runs(null, 10));

    assertEquals(Kind.UNSUPPORTED, failure.kind());
  }

  @Test
  void serverThatIsAway_isUnreachable() throws IOException {
    TemporalServer nobody = TemporalServer.at("127.0.0.1:" + freePort(), "default");

    ClientException failure =
        assertThrows(ClientException.class, () -> LockkeeperClient.connect(nobody).close());

    assertEquals(Kind.UNREACHABLE, failure.kind());
    assertEquals(
        "Temporal server " + nobody.address() + ": does not answer within 5 s",
        failure.getMessage());
  }

  private void registerSearchAttributes() {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(client.temporal().getWorkflowServiceStubs().getRawChannel())
                .validateAndBuildWithDefaults());
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace("default");
    for (SearchAttributeKey<String> key : SearchAttributes.all()) {
      request.putSearchAttributes(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }
    operator.blockingStub().addSearchAttributes(request.build());
  }

  private WorkflowStub stub(RunHandle run) {
    return client.temporal().newUntypedWorkflowStub(run.id().toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
