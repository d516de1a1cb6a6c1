package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.starter.DevFile;
import dev.lockkeeper.workers.WorkerRoles;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.VersioningBehavior;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionVersioningInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade of the pipeline's worker on a real server, with a run open across it. */
@Needs(Needs.Part.TEMPORAL)
class VersionedWorkersIT {

  private static final String NAMESPACE = "default";

  @TempDir private Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private StateFolder state;
  private Terminal terminal;
  private Path pipeline;
  private String server;
  private URI gateway;
  private WorkflowServiceBlockingStub service;

  @BeforeEach
  void start() throws Exception {
    state = WorkerRoles.load().initialise(new StateFolder(folder.resolve("state")));
    terminal = new Terminal(state, none -> new Untraced());
    TaxiTrips.write(folder.resolve("trips.csv"), 5, 4_000);
    DemoFiles.copy("contract.yaml", folder, text -> text);
    pipeline =
        DemoFiles.copy(
            "release-1.yaml", folder, text -> DemoFiles.soon(DemoFiles.watched(text, 500), 1));
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"lockkeeper-approval@v1\" "
            + SshSigner.generate(folder.resolve("alice"), "alice")
            + "\n",
        StandardOpenOption.APPEND);
    gateway = URI.create("http://127.0.0.1:" + Ports.require(0, "", "the gateway"));
    startServer();
    started("gateway", "--port", String.valueOf(gateway.getPort()));
    started(
        "worker",
        "--role",
        "ingestion,features,training,validation,approval,registry,deployment,monitoring",
        "--gateway",
        gateway.toString(),
        "--metrics-port",
        "0");
  }

  @AfterEach
  void stop() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void openRun_endsOnTheBuildItBeganOnAndTheWatchMovesToTheNewOne() throws Exception {
    startBuild("old");
    run("1");
    approve("1");
    assertEquals("PROMOTED", terminal.awaitEnd("taxi-tips@1").path("verdict").asText());
    Await.until(() -> version("monitoring/taxi-tips"), VersionedWorkersIT::isOld);
    run("2");
    terminal.await("taxi-tips@2", "approval", "WAITING");

    startBuild("new");
    run("3");
    terminal.await("taxi-tips@3", "approval", "WAITING");
    approve("2");

    JsonNode end = terminal.awaitEnd("taxi-tips@2");
    assertEquals("PROMOTED", end.path("verdict").asText(), end.toString());
    assertEquals(
        VersioningBehavior.VERSIONING_BEHAVIOR_PINNED, version("taxi-tips@2").getBehavior());
    assertEquals(Set.of("old"), builds("taxi-tips@2"));
    assertEquals(Set.of("old"), builds("canary/taxi-tips"));
    assertEquals(Set.of("new"), builds("taxi-tips@3"));
    WorkflowExecutionVersioningInfo watch =
        Await.until(() -> version("monitoring/taxi-tips"), info -> !isOld(info));
    assertEquals("new", watch.getDeploymentVersion().getBuildId());
    assertEquals(VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE, watch.getBehavior());
  }

  /** A worker of a build, which then is the current one. */
  private void startBuild(String id) throws IOException {
    started("worker", "--role", "pipeline", "--build-id", id, "--metrics-port", "0");
    Await.until(() -> makeCurrent(id), done -> done);
  }

  /** By the command of the page; it fails while the server has not heard of the build. */
  private boolean makeCurrent(String id) {
    try {
      String temporal = "TEMPORAL_ADDRESS=" + server + " " + TestExecutable.require();
      return PageCommands.of("docs/operations.md", "Upgrade the pipeline's worker")
          .with("set-current-version")
          .succeed(folder, Map.of("temporal worker", temporal + " worker", "0.1.0", id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(String version) {
    Terminal.Answer run =
        terminal.type("run", pipeline.toString(), "--version", version, "--as", "engineer");
    assertEquals(0, run.exitCode(), run.err());
  }

  private void approve(String version) {
    terminal.await("taxi-tips@" + version, "approval", "WAITING");
    Terminal.Answer approved =
        terminal.type(
            "approve",
            "taxi-tips@" + version,
            "--key",
            folder.resolve("alice").toString(),
            "--as",
            "alice");
    assertEquals(0, approved.exitCode(), approved.err());
  }

  private static boolean isOld(WorkflowExecutionVersioningInfo info) {
    return info.getDeploymentVersion().getBuildId().equals("old");
  }

  private WorkflowExecutionVersioningInfo version(String workflow) {
    return service
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setExecution(execution(workflow))
                .build())
        .getWorkflowExecutionInfo()
        .getVersioningInfo();
  }

  /** The builds that worked on a workflow, by its history. */
  private Set<String> builds(String workflow) {
    return service
        .getWorkflowExecutionHistory(
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setExecution(execution(workflow))
                .build())
        .getHistory()
        .getEventsList()
        .stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        .map(HistoryEvent::getWorkflowTaskCompletedEventAttributes)
        .map(task -> task.getDeploymentVersion().getBuildId())
        .collect(Collectors.toSet());
  }

  private static WorkflowExecution execution(String workflow) {
    return WorkflowExecution.newBuilder().setWorkflowId(workflow).build();
  }

  private void started(String command, String... options) throws IOException {
    String[] line = new String[options.length + 3];
    line[0] = command;
    System.arraycopy(options, 0, line, 1, options.length);
    line[line.length - 2] = "--state";
    line[line.length - 1] = state.path().toString();
    Program program = Program.start(folder, Map.of("TEMPORAL_ADDRESS", server), line);
    open.push(program);
    program.await("Ctrl-C stops");
  }

  private void startServer() throws Exception {
    ServerOptions options = new ServerOptions().onFreePorts();
    options.executable = TestExecutable.require();
    options.server = "dev";
    RunningServer running = new ServerChoice(options, state, Terminal.quiet()).start();
    open.push(running);
    server = running.address().options().getTarget();
    new DevFile(
            server,
            NAMESPACE,
            "dev",
            "",
            gateway.toString(),
            ProcessHandle.current().pid(),
            running.pid())
        .write(state);
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(running.address().options());
    open.push(stubs::shutdownNow);
    service = stubs.blockingStub();
  }
}
