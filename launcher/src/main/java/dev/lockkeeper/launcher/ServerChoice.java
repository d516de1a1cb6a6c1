package dev.lockkeeper.launcher;

import dev.lockkeeper.attestation.PrivateFiles;
import dev.lockkeeper.attestation.StateFolder;
import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.ServerAddress;
import dev.lockkeeper.starter.TemporalExecutable;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses and starts the Temporal server: the configured one, a {@code temporal} executable given,
 * on PATH or cached, a downloaded one, the one in memory.
 */
final class ServerChoice {

  private static final Duration STARTUP = Duration.ofSeconds(30);

  private static final int ATTEMPTS = 3;

  private final ServerOptions options;
  private final StateFolder state;
  private final Console console;

  ServerChoice(ServerOptions options, StateFolder state, Console console) {
    this.options = options;
    this.state = state;
    this.console = console;
  }

  /** Starts the server and prints which one it is. */
  RunningServer start() throws IOException, InterruptedException {
    RunningServer server = choose();
    console.note("using " + server.address().choice());
    if (!server.kind().equals("dev")) {
      AttributeRegistration.on(server.address());
    }
    return server;
  }

  private RunningServer choose() throws IOException, InterruptedException {
    String forced = options.server;
    if (forced == null) {
      Optional<ServerAddress> configured = ServerAddress.configured();
      if (configured.isPresent()) {
        ServerAddress address = configured.get();
        return new RunningServer(address.options().getTarget(), address, 0, () -> {});
      }
    } else if (forced.equals("memory")) {
      return inMemory("as --server asks");
    } else if (!forced.equals("dev")) {
      return at(forced);
    }
    Path executable = executable();
    if (executable != null) {
      return devServer(executable);
    }
    if (forced != null) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "no 'temporal' executable for --server dev; get it with: "
              + TemporalExecutable.howToGet());
    }
    return inMemory(
        "no 'temporal' executable is here; get it with: " + TemporalExecutable.howToGet());
  }

  private static RunningServer at(String address) {
    if (!address.matches(".+:\\d+")) {
      throw new CommandException(
          ExitCode.USAGE, "--server '" + address + "': expected memory, dev or HOST:PORT");
    }
    ServerAddress server =
        ServerAddress.at(
            address, "default", false, "", "Temporal server " + address + " (--server)");
    return new RunningServer(address, server, 0, () -> {});
  }

  private @Nullable Path executable() throws IOException, InterruptedException {
    Optional<Path> found = TemporalExecutable.find(options.executable);
    if (found.isPresent()) {
      Path executable = found.get();
      if (!Files.isExecutable(executable)) {
        throw new CommandException(
            ExitCode.USAGE,
            executable + " is not an executable; --temporal names the 'temporal' CLI");
      }
      return executable;
    }
    ExecutableDownload download = ExecutableDownload.ofThisMachine();
    if (download.failedRecently() && !options.retryDownload) {
      return null;
    }
    console.note("downloading the Temporal dev server once (to " + download.cache() + ") …");
    try {
      return download.get();
    } catch (IOException e) {
      console.note(
          "the download failed ("
              + e.getMessage()
              + ")"
              + (download.failedRecently()
                  ? "; not tried again for a day (--retry-download)"
                  : ""));
      return null;
    }
  }

  private RunningServer inMemory(String why) throws IOException {
    int port = Ports.require(options.port, "--port", "the Temporal server");
    TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port);
    String address = "127.0.0.1:" + port;
    ServerAddress at =
        ServerAddress.at(
            address,
            "default",
            true,
            "",
            "the in-memory Temporal server on "
                + address
                + ", without Web UI, 'list' and durability: "
                + why);
    return new RunningServer("memory", at, 0, server::close);
  }

  private RunningServer devServer(Path executable) throws IOException {
    for (int attempt = 1; true; attempt++) {
      int port = Ports.require(options.port, "--port", "the Temporal server");
      int uiPort = Ports.require(options.uiPort, "--ui-port", "the Temporal Web UI");
      try {
        return devServer(executable, port, uiPort);
      } catch (IllegalStateException e) {
        // Another process may take a free port in the moment before the server does.
        if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("already in use")) {
          throw new CommandException(
              ExitCode.FAILED,
              "the Temporal dev server "
                  + executable
                  + " does not start on ports "
                  + port
                  + " and "
                  + uiPort
                  + ": "
                  + lastLine(String.valueOf(e.getMessage()))
                  + "; see "
                  + serverLog()
                  + ", or go without it with --server memory",
              e);
        }
      }
    }
  }

  private Path serverLog() {
    return state.logs().resolve("temporal.log");
  }

  private static String lastLine(String text) {
    return text.strip().substring(text.strip().lastIndexOf('\n') + 1);
  }

  private RunningServer devServer(Path executable, int port, int uiPort) throws IOException {
    PrivateFiles.file(serverLog());
    TemporalDevServer server =
        TemporalDevServer.start("default", settings(OwnSession.of(executable), port, uiPort));
    // The server makes its tables only where it makes the file. Its journals take the file's mode.
    PrivateFiles.restrict(state.path(), "temporal.db");
    String ui = "http://127.0.0.1:" + uiPort;
    ServerAddress address =
        ServerAddress.at(
            server.getTarget(),
            "default",
            false,
            ui,
            "a Temporal dev server on " + server.getTarget() + " (" + executable + ")");
    long pid = OrphanServer.childOf(ProcessHandle.current(), state.database());
    return new RunningServer("dev", address, pid, server::close);
  }

  private TemporalDevServerOptions settings(Path executable, int port, int uiPort) {
    List<String> extra = new ArrayList<>();
    for (String setting :
        new String[] {
          "history.transferProcessorMaxPollRPS=2000", "history.timerProcessorMaxPollRPS=2000"
        }) {
      extra.add("--dynamic-config-value");
      extra.add(setting);
    }
    for (String pragma : new String[] {"journal_mode=WAL", "synchronous=1"}) {
      extra.add("--sqlite-pragma");
      extra.add(pragma);
    }
    SearchAttributes.all()
        .forEach(
            key -> {
              extra.add("--search-attribute");
              extra.add(key.getName() + "=Keyword");
            });
    return TemporalDevServerOptions.newBuilder()
        .setExistingPath(executable.toString())
        .setDatabaseFilename(OrphanServer.name(state.database()))
        .setIp("127.0.0.1")
        .setPort(port)
        .setUiEnabled(true)
        .setUiPort(uiPort)
        .setLogLevel("warn")
        .setLogFile(serverLog().toString())
        .setStartupTimeout(STARTUP)
        .setExtraArgs(extra)
        .build();
  }
}
