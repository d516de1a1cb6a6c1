package dev.lockkeeper.launcher;

import dev.lockkeeper.serving.gateway.Gateway;
import dev.lockkeeper.serving.gateway.GatewayConfiguration;
import dev.lockkeeper.specification.Durations;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.LockkeeperCommand;
import dev.lockkeeper.workers.Tracing;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs the inference gateway in a process of its own. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "gateway",
    description = "Runs the inference gateway (Open Inference Protocol v2) until Ctrl-C.",
    footer = {"", "Example:", "  ./lockkeeper gateway --port 8088"})
final class GatewayCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "${env:LOCKKEEPER_GATEWAY_HOST:-127.0.0.1}",
      description = "Address it listens on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:LOCKKEEPER_GATEWAY_PORT:-8088}",
      description = "Port it listens on; 0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--follow",
      paramLabel = "DURATION",
      defaultValue = "${env:LOCKKEEPER_GATEWAY_FOLLOW:-1s}",
      description =
          "Time between two looks for new manifests: without a call it serves what was decided so"
              + " much later (default: ${DEFAULT-VALUE}).")
  private String follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TemporaryFolder.open();
    Ports.requireNumber(port, "--port", "the inference gateway");
    try (Tracing tracing = Tracing.start("lockkeeper-gateway", null);
        Gateway gateway = Gateway.start(configuration())) {
      top.console().note("gateway on http://" + host + ":" + gateway.port() + "; Ctrl-C stops");
      StopSignal.await();
      return ExitCode.OK.code();
    } catch (BindException e) {
      throw new CommandException(ExitCode.CONFLICT, e.getMessage(), e);
    }
  }

  private GatewayConfiguration configuration() {
    try {
      return GatewayConfiguration.standard(host, port, top.state())
          .following(Durations.parse(follow));
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "--follow: expected a duration of at least 10ms such as 1s, got '" + follow + "'",
          e);
    }
  }
}
