package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.pipeline.PipelineWorkflow;
import dev.lockkeeper.contracts.run.Payloads;
import dev.lockkeeper.contracts.run.RunStatus;
import dev.lockkeeper.contracts.run.StageStatus;
import dev.lockkeeper.formats.run.Role;
import dev.lockkeeper.formats.run.Stage;
import dev.lockkeeper.starter.CliExtensions;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.DevFile;
import dev.lockkeeper.starter.RunReport;
import dev.lockkeeper.starter.Starter;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Uses what the short commands use, so that the build can put their classes into an archive; asked
 * by the {@code lockkeeper} script alone.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

  private static final String RUN = "warm@1";

  private final CliExtensions extras;

  WarmUpCommand(CliExtensions extras) {
    this.extras = extras;
  }

  @Override
  public Integer call() throws IOException {
    int port = Ports.require(0, "", "the warm-up");
    StateFolder state = new StateFolder(Files.createTempDirectory("lockkeeper-warm-up"));
    try (TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port)) {
      String address = "127.0.0.1:" + port;
      new DevFile(address, "default", "memory", "", "", ProcessHandle.current().pid(), 0)
          .write(state);
      endedRun(address);
      decoded();
      Console silent = silent();
      for (String[] command :
          new String[][] {
            {"--help"}, {"status", RUN}, {"status", RUN, "--output", "json"}, {"review", "no@1"}
          }) {
        String[] all = Arrays.copyOf(command, command.length + 2);
        all[command.length] = "--state";
        all[command.length + 1] = state.path().toString();
        Starter.execute(extras, silent, all);
      }
    } finally {
      Files.deleteIfExists(state.devFile());
      Files.deleteIfExists(Path.of(state.path().toString()));
    }
    return 0;
  }

  private static void endedRun(String address) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    try {
      WorkflowStub run =
          WorkflowClient.newInstance(stubs, WorkflowClientOptions.getDefaultInstance())
              .newUntypedWorkflowStub(
                  PipelineWorkflow.class.getSimpleName(),
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(RUN)
                      .setTaskQueue(Role.PIPELINE.taskQueue())
                      .build());
      run.start(List.of());
      run.terminate("warm");
    } finally {
      stubs.shutdownNow();
    }
  }

  private static void decoded() {
    RunStatus status =
        new RunStatus(
            RUN,
            "warm",
            "1",
            "",
            null,
            "",
            "",
            Arrays.stream(Stage.values()).map(StageStatus::pending).toList(),
            List.of(),
            List.of(),
            null);
    DataConverter converter = Payloads.converter();
    Payload payload = converter.toPayload(status).orElseThrow();
    silent()
        .answerJson(RunReport.of(converter.fromPayload(payload, RunStatus.class, RunStatus.class)));
  }

  private static Console silent() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Console(nowhere, nowhere, false);
  }
}
