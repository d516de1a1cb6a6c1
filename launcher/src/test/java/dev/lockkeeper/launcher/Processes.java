package dev.lockkeeper.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.attestation.ssh.SshSigner;
import dev.lockkeeper.formats.Json;
import dev.lockkeeper.formats.artifact.Zone;
import dev.lockkeeper.starter.DevFile;
import dev.lockkeeper.starter.ServerAddress;
import dev.lockkeeper.store.ArtifactStoreProvider;
import dev.lockkeeper.workers.WorkerRoles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A dev server, and gateways and workers as processes of their own, on one state folder: for tests
 * that stop one of them at a time. The pipeline is the demo's.
 */
final class Processes implements AutoCloseable {

  /** Every role but deployment, whose worker these tests stop by itself. */
  static final String WITHOUT_DEPLOYMENT =
      "ingestion,features,training,validation,registry,approval,monitoring,pipeline";

  private final Path folder;
  private final StateFolder state;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Terminal terminal;
  private final Path pipeline;
  private final int port;
  private RunningServer server;

  /**
   * Starts the server.
   *
   * @param change what is different in the pipeline
   */
  Processes(Path folder, UnaryOperator<String> change) throws Exception {
    this.folder = folder;
    state = new StateFolder(folder.resolve("state")).initialise(WorkerRoles.load().signing());
    terminal = new Terminal(state, none -> new Untraced());
    TaxiTrips.write(folder.resolve("trips.csv"), 5, 4_000);
    DemoFiles.copy("contract.yaml", folder, text -> text);
    pipeline = DemoFiles.copy("release-1.yaml", folder, change);
    Files.writeString(
        state.allowedSigners(),
        "alice namespaces=\"lockkeeper-approval@v1\" "
            + SshSigner.generate(folder.resolve("alice"), "alice")
            + "\n",
        StandardOpenOption.APPEND);
    port = Ports.require(0, "", "the Temporal server");
    server = startServer();
  }

  /** Starts the server anew on its port, with what is in its database. */
  void restartServer() throws Exception {
    server = startServer();
  }

  private RunningServer startServer() throws Exception {
    ServerOptions options = new ServerOptions().onFreePorts();
    options.port = port;
    options.executable = TestExecutable.require();
    options.server = "dev";
    RunningServer started = new ServerChoice(options, state, Terminal.quiet()).start();
    open.push(started);
    new DevFile(
            started.address().options().getTarget(),
            "default",
            "dev",
            "",
            "",
            ProcessHandle.current().pid(),
            started.pid())
        .write(state);
    return started;
  }

  Terminal terminal() {
    return terminal;
  }

  /** Starts a gateway on a free port; answers its address. */
  URI gateway() throws IOException {
    URI address = freeAddress();
    gateway(address);
    return address;
  }

  /** Starts a gateway at an address of this machine. */
  Program gateway(URI address) throws IOException {
    Program gateway = started(Map.of(), "", "gateway", "--port", String.valueOf(address.getPort()));
    gateway.await("Ctrl-C stops");
    return gateway;
  }

  /** An address where nobody listens. */
  static URI freeAddress() throws IOException {
    return URI.create("http://127.0.0.1:" + Ports.require(0, "", "the gateway"));
  }

  /** Stops the Temporal server; what else runs goes on without it. */
  void stopServer() throws Exception {
    open.remove(server);
    server.close();
  }

  ServerAddress server() {
    return server.address();
  }

  StateFolder state() {
    return state;
  }

  /** Starts a worker. */
  Program worker(String roles, String gateway) throws IOException {
    return worker(roles, gateway, Map.of());
  }

  /** As above, with more in its environment. */
  Program worker(String roles, String gateway, Map<String, String> environment) throws IOException {
    return worker(roles, gateway, environment, "");
  }

  /** Starts a worker whose manifests wait as {@link HeldStoreProvider} says. */
  Program heldWorker(String roles, String gateway) throws IOException {
    Path services = Files.createDirectories(folder.resolve("held-store/META-INF/services"));
    Files.writeString(
        services.resolve(ArtifactStoreProvider.class.getName()),
        HeldStoreProvider.class.getName() + "\n");
    String store = state.store().toUri().toString().replaceFirst("^file:", "held:");
    return worker(
        roles,
        gateway,
        Map.of("LOCKKEEPER_STORE", store),
        File.pathSeparator + folder.resolve("held-store"));
  }

  private Program worker(
      String roles, String gateway, Map<String, String> environment, String classPath)
      throws IOException {
    Program worker =
        started(
            environment,
            classPath,
            "worker",
            "--role",
            roles,
            "--gateway",
            gateway,
            "--metrics-port",
            "0");
    worker.await("Ctrl-C stops");
    return worker;
  }

  private Program started(Map<String, String> environment, String classPath, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", state.path().toString()));
    Program program =
        Program.startWith(folder, environment, List.of(), classPath, all.toArray(String[]::new));
    open.push(program);
    return program;
  }

  /** Releases a version, which must be promoted. */
  void promote(String version) {
    release(version);
    JsonNode end = end(version);
    assertEquals("PROMOTED", end.path("verdict").asText(), end.toString());
  }

  /** How the run of a version ended, once it has. */
  JsonNode end(String version) {
    return terminal.awaitEnd("taxi-tips@" + version);
  }

  /** What the endpoint serves at a gateway. */
  static JsonNode state(URI gateway) {
    try {
      return new GatewayClient(gateway).get("/lockkeeper/v1/endpoints/taxi-tips/state");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a run of a version and approves it. */
  void release(String version) {
    review(version);
    approve(version);
  }

  /** Starts a run of a version and waits until it is to be decided on. */
  void review(String version) {
    Terminal.Answer run =
        terminal.type("run", pipeline.toString(), "--version", version, "--as", "engineer");
    assertEquals(0, run.exitCode(), run.err());
    terminal.await("taxi-tips@" + version, "approval", "WAITING");
  }

  void approve(String version) {
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

  /** The ids of the requests in the inference log, one for each row. */
  List<String> logged() {
    Path log = state.store().resolve(Zone.INFERENCE_LOG.label()).resolve("named/taxi-tips");
    try (Stream<Path> files = Files.walk(log)) {
      List<String> ids = new ArrayList<>();
      for (Path segment : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(segment)) {
          ids.add(Json.read(line.getBytes(UTF_8), JsonNode.class).path("requestId").asText());
        }
      }
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the manifests, in order. */
  List<String> manifests() {
    Path named = state.store().resolve(Zone.DEPLOYMENTS.label()).resolve("named/taxi-tips");
    try (Stream<Path> files = Files.list(named)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
