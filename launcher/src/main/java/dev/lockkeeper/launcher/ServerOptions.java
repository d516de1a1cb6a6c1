package dev.lockkeeper.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Temporal server {@code dev} and {@code demo} use. */
final class ServerOptions {

  @Option(
      names = "--server",
      paramLabel = "memory|dev|ADDRESS",
      description =
          "Force the server: in memory, a dev server, or one that runs (default: TEMPORAL_ADDRESS,"
              + " else a dev server, else in memory).")
  @Nullable String server;

  @Option(
      names = "--temporal",
      paramLabel = "FILE",
      defaultValue = "${env:LOCKKEEPER_TEMPORAL}",
      description = "The 'temporal' executable (default: LOCKKEEPER_TEMPORAL, PATH, the cache).")
  @Nullable Path executable;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "7233",
      description =
          "The dev server's port; 0 takes any free one (default: ${DEFAULT-VALUE}; 'demo' takes any"
              + " free one).")
  int port;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      defaultValue = "8233",
      description =
          "The Web UI's port; 0 takes any free one (default: ${DEFAULT-VALUE}; 'demo' takes any free"
              + " one).")
  int uiPort;

  @Option(
      names = "--retry-download",
      description = "Try to download the executable again although it failed in the last day.")
  boolean retryDownload;

  /** The demo disturbs nobody: it takes free ports unless the user chose others. */
  ServerOptions onFreePorts() {
    port = port == 7233 ? 0 : port;
    uiPort = uiPort == 8233 ? 0 : uiPort;
    return this;
  }
}
