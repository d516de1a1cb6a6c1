package dev.lockkeeper.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.starter.DevFile;
import dev.lockkeeper.workers.WorkerRoles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that cannot start, because a port or a folder is not to be had, beside one {@code dev}
 * on the in-memory server: each says so in one error, and the next start works.
 */
class RefusedStartIT {

  @TempDir static Path folder;
  private static StateFolder state;
  private static Program dev;
  private static String server;

  @BeforeAll
  static void open() throws Exception {
    state = new StateFolder(folder.resolve("state"));
    dev = dev(state.path(), 0);
    dev.await("Ctrl-C stops");
    server = DevFile.read(state).orElseThrow().address();
  }

  @AfterAll
  static void close() {
    if (dev != null) {
      dev.close();
    }
  }

  @Test
  void list_onTheInMemoryServer_saysWhatToDo() {
    Terminal.Answer list = new Terminal(state, none -> new Untraced()).type("list");

    assertEquals(7, list.exitCode(), list.out());
    OneError.in(list.err());
    assertTrue(
        list.err().contains("cannot list runs; ask for one with 'status RUN', or install"),
        list.err());
    assertFalse(list.err().contains("UNIMPLEMENTED"), list.err());
  }

  @Test
  void usedPortOfDev_isNamedAndTheNextStartWorks() throws Exception {
    StateFolder other = new StateFolder(folder.resolve("other"));
    int port;
    try (ServerSocket used = used()) {
      port = used.getLocalPort();
      try (Program refused = dev(other.path(), port)) {
        OneError.of(refused, 7, "port " + port + " for the Temporal server is in use;", "--port");
      }
    }
    assertFalse(Files.exists(other.devFile()));
    assertEquals(Set.of(), StoreContents.whole(other).names());
    try (Program started = dev(other.path(), port)) {
      started.await("Ctrl-C stops");
      assertEquals("127.0.0.1:" + port, DevFile.read(other).orElseThrow().address());
    }
  }

  @Test
  void usedPortOfAGateway_isNamedAndTheNextStartWorks() throws Exception {
    int port;
    try (ServerSocket used = used()) {
      port = used.getLocalPort();
      try (Program refused = gateway(port)) {
        OneError.of(refused, 7, "the gateway cannot listen on 127.0.0.1:" + port, "--port");
      }
    }
    try (Program started = gateway(port)) {
      started.await("gateway on http://127.0.0.1:" + port);
    }
  }

  @Test
  void usedPortOfAWorker_isNamedAndTheNextStartWorks() throws Exception {
    int port;
    try (ServerSocket used = used()) {
      port = used.getLocalPort();
      try (Program refused = worker(port)) {
        OneError.of(refused, 7, "the metrics port " + port + " on 127.0.0.1", "--metrics-port");
      }
    }
    try (Program started = worker(port)) {
      started.await("take work; http://127.0.0.1:" + port + "/metrics");
    }
  }

  @Test
  void secondDevOnTheSameFolder_isRefusedAndTheFirstGoesOn() throws Exception {
    try (Program second = dev(state.path(), 0)) {
      OneError.of(
          second, 7, "another './lockkeeper dev' or 'demo' works on " + state.path(), "--state");
    }
    assertEquals(server, DevFile.read(state).orElseThrow().address());
    Terminal.Answer status = new Terminal(state, none -> new Untraced()).type("status", "m@1");
    assertEquals(6, status.exitCode(), status.err());
  }

  @Test
  void stateThatCannotBeMade_isNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path place : List.of(file.resolve("state"), Path.of("/proc/lockkeeper"))) {
      try (Program refused = dev(place, 0)) {
        OneError.of(
            refused, 2, "the state folder " + place + " must be writable by this user", "--state");
      }
    }
  }

  @Test
  @Needs(Needs.Part.BUBBLEWRAP)
  void stateOnAReadOnlyMount_isNamed() throws Exception {
    StateFolder other = WorkerRoles.load().initialise(new StateFolder(folder.resolve("read-only")));
    String path = other.path().toString();
    try (Program refused =
        Program.start(
            folder, Map.of(), readOnly(path), "dev", "--server", "memory", "--state", path)) {
      OneError.of(
          refused,
          2,
          "dev.lock cannot be used (Read-only file system): the state folder " + path + " must be",
          "--state");
    }
  }

  @Test
  @Needs(Needs.Part.BUBBLEWRAP)
  void gatewayThatCannotWriteItsLog_isRefused() throws Exception {
    StateFolder other =
        WorkerRoles.load().initialise(new StateFolder(folder.resolve("unwritable")));
    String path = other.path().toString();
    try (Program refused =
        Program.start(
            folder, Map.of(), readOnly(path), "gateway", "--port", "0", "--state", path)) {
      OneError.of(refused, 2, "cannot write to zone 'inference-log' under " + other.store());
    }
  }

  @Test
  @Needs(Needs.Part.BUBBLEWRAP)
  void stateOnAFullDisk_isNamed() throws Exception {
    String path = Files.createDirectory(folder.resolve("full")).toString();
    List<String> mount =
        List.of("bwrap", "--dev-bind", "/", "/", "--size", "24576", "--tmpfs", path);
    try (Program refused =
        Program.start(folder, Map.of(), mount, "dev", "--server", "memory", "--state", path)) {
      OneError.of(refused, 2, "No space left on device: make space where the state folder " + path);
    }
  }

  @Test
  void temporaryFolderThatIsNotThere_isNamedWithAnother() throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("none"));
    try (Program refused = Program.start(folder, environment, "gateway", "--port", "0")) {
      OneError.of(refused, 2, "files, " + folder.resolve("none") + ", cannot be used", "tmpdir=");
    }
  }

  @Test
  void configuredServerThatMakesNoSense_isNamed() throws Exception {
    for (Map<String, String> environment :
        List.of(
            Map.of("TEMPORAL_PROFILE", "nobody"),
            Map.of("TEMPORAL_ADDRESS", "http://127.0.0.1:7233"))) {
      try (Program refused = Program.start(folder, environment, "status", "m@1")) {
        OneError.of(refused, 2, "TEMPORAL_", environment.values().iterator().next());
      }
    }
  }

  @Test
  void configuredServerThatNobodyKnows_doesNotAnswer() throws Exception {
    Map<String, String> environment = Map.of("TEMPORAL_ADDRESS", "nowhere.invalid:7233");
    try (Program refused = Program.start(folder, environment, "status", "m@1")) {
      OneError.of(refused, 5, "nowhere.invalid:7233", "does not answer");
    }
  }

  private static List<String> readOnly(String path) {
    return List.of("bwrap", "--dev-bind", "/", "/", "--ro-bind", path, path);
  }

  private static ServerSocket used() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Program dev(Path state, int port) throws IOException {
    return Program.start(
        folder,
        Map.of(),
        "dev",
        "--server",
        "memory",
        "--state",
        state.toString(),
        "--port",
        String.valueOf(port),
        "--gateway-port",
        "0");
  }

  private static Program gateway(int port) throws IOException {
    return Program.start(
        folder,
        Map.of(),
        "gateway",
        "--port",
        String.valueOf(port),
        "--state",
        state.path().toString());
  }

  private static Program worker(int port) throws IOException {
    return Program.start(
        folder,
        Map.of("TEMPORAL_ADDRESS", server),
        "worker",
        "--role",
        "pipeline",
        "--metrics-port",
        String.valueOf(port),
        "--state",
        state.path().toString());
  }
}
