package example.extensions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.deployment.CanaryLook;
import dev.lockkeeper.contracts.deployment.JudgeCanaryInput;
import dev.lockkeeper.contracts.monitoring.CompareWindowInput;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.ArtifactRef;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.formats.deployment.ArmRole;
import dev.lockkeeper.formats.monitoring.DriftAlert;
import dev.lockkeeper.formats.monitoring.InferenceRecord;
import dev.lockkeeper.formats.monitoring.InferenceRecordFormat;
import dev.lockkeeper.formats.monitoring.MonitoringBaseline;
import dev.lockkeeper.formats.monitoring.MonitoringBaselineFormat;
import dev.lockkeeper.formats.monitoring.MonitoringSpecification;
import dev.lockkeeper.formats.monitoring.WindowComparison;
import dev.lockkeeper.formats.registry.ModelPackage;
import dev.lockkeeper.formats.registry.PackageFile;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.RunContext;
import dev.lockkeeper.stage.InstalledStages;
import dev.lockkeeper.stage.StageContext;
import dev.lockkeeper.stage.StageDefinition;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.testing.SignedRun;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerPlugin;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extensions at work in the stages that use them, on real workers. */
class StageExtensionsTest {

  private static final String OWN_QUEUE = "own";
  private static final StageSettings SETTINGS =
      new StageSettings(Map.of(StageSettings.GATEWAY, "counted:500"));

  @TempDir private Path folder;
  private SignedRun signed;
  private TestWorkflowEnvironment environment;
  private Webhook webhook;

  /** Calls one activity of whoever serves a queue. */
  @WorkflowInterface
  public interface Call {
    @WorkflowMethod
    JsonNode call(String queue, String activity, List<JsonNode> input);
  }

  /** The same. */
  public static final class CallWorkflow implements Call {
    @Override
    public JsonNode call(String queue, String activity, List<JsonNode> input) {
      return Workflow.newUntypedActivityStub(
              ActivityOptions.newBuilder()
                  .setTaskQueue(queue)
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                  .build())
          .execute(activity, JsonNode.class, input.toArray());
    }
  }

  @BeforeEach
  void start() throws IOException {
    webhook = Webhook.open();
    InstalledStages stages = InstalledStages.load();
    signed =
        SignedRun.in(
            new StateFolder(folder.resolve("state"))
                .withZones(URI.create("sqlite:" + folder.resolve("zones.db").toAbsolutePath())),
            new RunContext("tips@1", "run-1", "default", "tips", "1", "ada", "0".repeat(64)),
            NoticeStage.ROLE);
    signed.state().createZones(stages.zones());
    List<WorkerPlugin> plugins = new ArrayList<>();
    for (StageDefinition stage : stages.all()) {
      plugins.add(stage.plugin(StageContext.open(signed.state(), stage), SETTINGS));
    }
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setPlugins(plugins.toArray(WorkerPlugin[]::new))
                        .build())
                .build());
    environment.newWorker(OWN_QUEUE).registerWorkflowImplementationTypes(CallWorkflow.class);
    for (StageDefinition stage : stages.all()) {
      environment.newWorker(stage.role().taskQueue());
    }
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
    webhook.close();
  }

  @Test
  void stage_worksOnItsOwnQueueInItsOwnZone() throws IOException {
    ArtifactRef notice = call(NoticeStage.ROLE, "PublishNotice", ArtifactRef.class, "m@1", "done");

    assertEquals(NoticeStage.NOTICES, notice.zone());
    assertEquals(
        "done",
        new String(
            StageContext.open(signed.state(), new NoticeStage()).store().read(notice),
            StandardCharsets.UTF_8));
  }

  @Test
  void deploymentTarget_isFoundByItsScheme() {
    CanaryLook look =
        call(
            Role.DEPLOYMENT,
            "JudgeCanary",
            CanaryLook.class,
            new JudgeCanaryInput("tips", 0.05, null));

    assertEquals(500, look.stepRequests());
  }

  @Test
  void driftCheckAndAlertSink_areUsedByMonitoring() throws IOException {
    ModelPackage watched = modelPackage();
    segment(watched);

    WindowComparison.Compared comparison =
        call(
            Role.MONITORING,
            "CompareWindow",
            WindowComparison.Compared.class,
            new CompareWindowInput(
                "tips", new MonitoringSpecification(Duration.ofMinutes(1), 10, 0.25), watched, ""));

    assertEquals(
        List.of("largest-move", "psi"),
        comparison.alerts().stream().map(DriftAlert::statistic).collect(Collectors.toList()));
    assertEquals(
        List.of(comparison.alerts().get(0).message()),
        webhook.alerts().stream()
            .map(alert -> alert.path("messages").path(0).asText())
            .limit(1)
            .collect(Collectors.toList()));
  }

  private <T> T call(Role role, String activity, Class<T> type, Object... input) {
    List<JsonNode> values = new ArrayList<>();
    for (Object value : input) {
      values.add(Json.mapper().valueToTree(value));
    }
    JsonNode result =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                Call.class, WorkflowOptions.newBuilder().setTaskQueue(OWN_QUEUE).build())
            .call(role.taskQueue(), activity, values);
    return Json.read(Json.canonicalBytes(result), type);
  }

  /** A package whose baseline has two equal bins. */
  private ModelPackage modelPackage() throws IOException {
    List<Long> counts = Collections.nCopies(2, 500L);
    MonitoringBaseline baseline =
        new MonitoringBaseline(
            1_000,
            List.of(
                new MonitoringBaseline.Histogram("miles", List.of(1.0), counts, 0),
                new MonitoringBaseline.Histogram("prediction", List.of(0.5), counts, 0)));
    byte[] file = MonitoringBaselineFormat.INSTANCE.write(baseline);
    return signed.modelPackage(Map.of(PackageFile.BASELINE, file));
  }

  /** No row has more than a mile, and one in six has no value. */
  private void segment(ModelPackage answeredBy) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      InferenceRecord record =
          new InferenceRecord(
              "r" + i,
              Instant.parse("2026-11-23T20:00:00Z"),
              "tips",
              answeredBy.version(),
              answeredBy.rootDigest(),
              1,
              ArmRole.STABLE,
              false,
              Map.of(),
              Map.of(),
              Collections.singletonList(i % 6 == 0 ? null : Float.valueOf(0.5f)),
              i % 2 == 0 ? 0.2 : 0.8,
              Map.of());
      lines
          .append(new String(InferenceRecordFormat.INSTANCE.write(record), StandardCharsets.UTF_8))
          .append('\n');
    }
    signed
        .delivering(Role.MONITORING)
        .store()
        .putNamed(
            Zone.INFERENCE_LOG,
            "tips/000000000000001-gateway-1.jsonl",
            lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
