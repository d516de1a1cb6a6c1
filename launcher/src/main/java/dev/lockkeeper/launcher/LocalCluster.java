package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import dev.lockkeeper.stage.StageSettings;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.DevFile;
import dev.lockkeeper.workers.Tracing;
import dev.lockkeeper.workers.WorkerConfiguration;
import dev.lockkeeper.workers.WorkerRoles;
import dev.lockkeeper.workers.Workers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;

/** Everything in one process: server, gateway and every role's worker, on one state folder. */
final class LocalCluster implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final StateFolder state;
  private final Console console;

  private LocalCluster(StateFolder state, Console console) {
    this.state = state;
    this.console = console;
  }

  /** What is running. */
  record Rooms(RunningServer server, URI gateway, URI metrics, Tracing tracing, Path trace) {}

  private Rooms rooms() {
    return rooms;
  }

  @SuppressWarnings("NullAway.Init") // set by open, the only maker
  private Rooms rooms;

  /** Starts all; what was started is stopped again if a part does not start. */
  static LocalCluster open(
      ServerOptions options, int gatewayPort, StateFolder state, Console console)
      throws IOException, InterruptedException, ExecutionException {
    TemporaryFolder.open();
    StopSignal.listen();
    WorkerRoles.load().initialise(state);
    LocalCluster cluster = new LocalCluster(state, console);
    try {
      cluster.start(options, gatewayPort);
      return cluster;
    } catch (IOException | RuntimeException | InterruptedException | ExecutionException e) {
      cluster.close();
      throw e;
    }
  }

  RunningServer server() {
    return rooms().server();
  }

  URI gateway() {
    return rooms().gateway();
  }

  URI metrics() {
    return rooms().metrics();
  }

  Tracing tracing() {
    return rooms().tracing();
  }

  Path trace() {
    return rooms().trace();
  }

  private void start(ServerOptions options, int gatewayPort)
      throws IOException, InterruptedException, ExecutionException {
    open.push(StateLock.take(state));
    OrphanServer.end(state, console);
    Path trace = state.traces().resolve("spans.jsonl");
    Tracing tracing = Tracing.start("lockkeeper", trace);
    open.push(tracing);
    // Before the server, which takes seconds in which another process may take the free port.
    int port = Ports.require(gatewayPort, "--gateway-port", "the inference gateway");
    open.push(Gateway.start(GatewayConfiguration.standard("127.0.0.1", port, state)));
    URI address = URI.create("http://127.0.0.1:" + port);
    RunningServer server = new ServerChoice(options, state, console).start();
    open.push(server);
    write(server, address);
    Workers workers =
        Workers.start(
            new WorkerConfiguration(
                server.address().options(),
                server.address().namespace(),
                server.memory(),
                WorkerRoles.load().all(),
                state,
                StageSettings.environment()
                    .with(StageSettings.GATEWAY, address.toString())
                    .with(StageSettings.STATE, state.path().toString()),
                0,
                "127.0.0.1"),
            tracing);
    open.push(workers);
    URI metrics = URI.create("http://127.0.0.1:" + workers.metricsPort() + "/metrics");
    rooms = new Rooms(server, address, metrics, tracing, trace);
  }

  private void write(RunningServer server, URI gateway) throws IOException {
    new DevFile(
            server.address().options().getTarget(),
            server.address().namespace(),
            server.kind(),
            server.address().ui(),
            gateway.toString(),
            ProcessHandle.current().pid(),
            server.pid())
        .write(state);
    open.push(() -> Files.deleteIfExists(state.devFile()));
  }

  /** Stops all, last started first. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        console.note("while stopping: " + e);
      }
    }
  }
}
