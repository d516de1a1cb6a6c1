package dev.lockkeeper.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.client.ClientSetup;
import dev.lockkeeper.contracts.run.FailureCategory;
import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.RunFailure;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.contracts.run.Verdict;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.stage.StageSettings;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code validate} refuses and no record can know of itself, because it needs the feature
 * language or the trainers: a program that sends JSON starts it, and the first stage that enforces
 * it ends the run.
 */
class RawClientTest {

  private static final String INPUT =
      """
      {"version":"1","startedBy":"dora","specificationDigest":"00","traceId":"","specification":
       {"name":"tips","endpoint":"tips","description":"",
        "source":{"path":"SOURCE","format":"CSV","delimiter":","},
        "contract":{"id":"trips","version":"1","table":"trips","digest":"00","rules":[],
         "columns":[{"name":"fare","type":"NUMBER","required":true,"unique":false,
          "allowedValues":[]}]},
        "features":{"version":"1","features":[{"name":"fare","expression":"fare"}],
         "label":{"name":"dear","expression":"fare > 50.0"}},
        "split":{"holdoutShare":0.3,"seed":1},
        "training":{"trainer":"logistic-regression","seed":1,"parameters":{}},
        "validation":{"decisionThreshold":0.5,"confidence":0.95,"bootstrapSamples":10,"seed":1,
         "metrics":[],"behaviour":[]},
        "approval":{"quorum":1,"remindAfter":"PT1H","expireAfter":"PT2H"},
        "deployment":{"steps":[{"percent":10,"minimumRequests":1,"bake":"PT1S"}],
         "lookEvery":"PT1S","alpha":0.05,"maximum":"PT1M"},
        "monitoring":{"every":"PT5M","minimumRows":10,"threshold":0.25}}}
      """;

  @TempDir private Path folder;
  private TestWorkflowEnvironment environment;

  @BeforeEach
  void start() throws IOException {
    WorkerRoles roles = WorkerRoles.load();
    StateFolder state = new StateFolder(folder.resolve("state")).initialise(roles.signing());
    StageSettings settings = new StageSettings(Map.of(StageSettings.GATEWAY, "http://127.0.0.1:1"));
    List<WorkerPlugin> plugins = new ArrayList<>();
    for (Role role : roles.all()) {
      plugins.add(roles.plugin(role, state, settings));
    }
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(ClientSetup.untraced("default"))
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder()
                    .setPlugins(plugins.toArray(WorkerPlugin[]::new))
                    .build());
    SearchAttributes.all()
        .forEach(
            attribute ->
                options.registerSearchAttribute(attribute.getName(), attribute.getValueType()));
    environment = TestWorkflowEnvironment.newInstance(options.build());
    for (Role role : roles.all()) {
      environment.newWorker(role.taskQueue());
    }
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/features/features/0/expression|fare +|EXPRESSION_INVALID: ",
        "/features/features/0/name|Fare!|EXPRESSION_INVALID: feature name 'Fare!': expected",
        "/training/trainer|magic|SPECIFICATION_INVALID: there is no trainer 'magic': there are ",
        "/training/parameters/l2|much|SPECIFICATION_INVALID: trainer 'logistic-regression',"
            + " parameter 'l2': expected"
      })
  void specificationThatOnlyAStageCanRefuse_endsTheRunAsTheUsersFault(
      String place, String value, String expected) throws Exception {
    RunStatus end = run(place, value);

    assertEquals(Verdict.FAILED, end.verdict());
    assertEquals(expected, end.message().substring(0, expected.length()));
    String type = end.message().substring(0, end.message().indexOf(':'));
    assertEquals(FailureCategory.USER, FailureType.valueOf(type).category());
  }

  private RunStatus run(String place, String value) throws IOException {
    String rows =
        IntStream.range(0, 200).mapToObj(i -> i % 100 + "\n").reduce("fare\n", String::concat);
    Path source = Files.writeString(folder.resolve("trips.csv"), rows);
    JsonNode input =
        Json.read(
            INPUT.replace("SOURCE", source.toString()).getBytes(StandardCharsets.UTF_8),
            JsonNode.class);
    int slash = place.lastIndexOf('/');
    ((ObjectNode) input.path("specification").at(place.substring(0, slash)))
        .put(place.substring(slash + 1), value);
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "PipelineWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId("tips@1")
                    .setTaskQueue(Role.PIPELINE.taskQueue())
                    .build());
    run.start(input);
    WorkflowFailedException failure =
        assertThrows(WorkflowFailedException.class, () -> run.getResult(RunStatus.class));
    return Objects.requireNonNull(RunFailure.result(failure.getCause()));
  }
}
