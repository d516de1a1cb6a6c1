package dev.lockkeeper.starter;

import dev.lockkeeper.formats.approval.DecisionKind;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Rejects a run. */
@Command(
    name = "reject",
    description = "Signs a rejection, and sends it.",
    footer = {
      "",
      "Example:",
      "  ./lockkeeper reject chicago-taxi-tips@1 --key ~/.ssh/id_ed25519 --as alice \\",
      "    --reason 'the hold-out is from one week'"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RejectCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;
  @Mixin private DecisionOptions decision;

  @Option(
      names = "--reason",
      defaultValue = "",
      paramLabel = "TEXT",
      description = "Why; needed with --key. A document that was signed contains its own.")
  private String reason;

  @Override
  public Integer call() throws IOException {
    if (reason.isBlank() && decision.signsHere()) {
      throw new CommandException(
          ExitCode.USAGE, "--reason TEXT is missing: say why you reject the run");
    }
    return decision.send(top, DecisionKind.REJECT, reason);
  }
}
