package dev.lockkeeper.launcher;

import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.Console;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.LockkeeperCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs everything until Ctrl-C. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "dev",
    description =
        "Runs a Temporal server, every role and the gateway until Ctrl-C. Killed, it goes on with"
            + " its runs when started again on the same folder.",
    footer = {"", "Example:", "  ./lockkeeper dev"})
final class DevCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;
  @Mixin private ServerOptions options;

  @Option(
      names = "--gateway-port",
      paramLabel = "PORT",
      defaultValue = "8088",
      description = "The gateway's port; 0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int gatewayPort;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Console console = top.console();
    try (LocalCluster cluster = LocalCluster.open(options, gatewayPort, top.state(), console)) {
      greet(console, cluster);
      if (!StopSignal.await(cluster.server().ended())) {
        throw new CommandException(
            ExitCode.UNREACHABLE,
            "the Temporal server (process "
                + cluster.server().pid()
                + ") has ended; "
                + top.state().logs().resolve("temporal.log")
                + " may say why; './lockkeeper dev' goes on where it was");
      }
      console.note("stopping …");
    }
    console.note("stopped; './lockkeeper dev' goes on where it was");
    return ExitCode.OK.code();
  }

  private void greet(Console console, LocalCluster cluster) {
    String state = top.stateOption();
    console.answer("Web UI    " + cluster.server().webUi());
    console.answer("gateway   " + cluster.gateway());
    console.answer("metrics   " + cluster.metrics() + " and " + cluster.gateway() + "/metrics");
    console.answer("state     " + top.state().path());
    console.answer("logs      " + top.state().logs());
    console.answer("");
    console.answer("Type next, in another terminal:");
    console.answer("  ssh-keygen -t ed25519 -N '' -f approver_key");
    console.answer(
        "  echo \"alice namespaces=\\\"lockkeeper-approval@v1\\\" $(cut -d' ' -f1,2"
            + " approver_key.pub)\" >> "
            + LockkeeperCommand.quoted(top.state().allowedSigners()));
    console.answer("  ./lockkeeper run PIPELINE.yaml --data FILE --version 1 --follow" + state);
    console.answer("  ./lockkeeper review MODEL@1" + state);
    console.answer("  ./lockkeeper approve MODEL@1 --key approver_key --as alice" + state);
    console.answer("Ctrl-C stops.");
  }
}
