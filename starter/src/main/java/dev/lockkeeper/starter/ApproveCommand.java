package dev.lockkeeper.starter;

import dev.lockkeeper.formats.approval.DecisionKind;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Approves a run. */
@Command(
    name = "approve",
    description = "Signs an approval of exactly what 'review' shows, and sends it.",
    footer = {
      "",
      "Example:",
      "  ./lockkeeper approve chicago-taxi-tips@1 --key ~/.ssh/id_ed25519 --as alice"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ApproveCommand implements Callable<Integer> {

  @ParentCommand private LockkeeperCommand top;
  @Mixin private DecisionOptions decision;

  @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT", description = "Why.")
  private String reason;

  @Override
  public Integer call() throws IOException {
    return decision.send(top, DecisionKind.APPROVE, reason);
  }
}
