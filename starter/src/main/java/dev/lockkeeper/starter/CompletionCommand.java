package dev.lockkeeper.starter;

import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the completion script of the shells. */
@Command(
    name = "generate-completion",
    description = "Writes a script that completes commands, options and files in bash and zsh.",
    footer = {"", "Example:", "  source <(./lockkeeper generate-completion)"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompletionCommand implements Runnable {

  private final Supplier<CommandLine> whole;

  @Spec private CommandSpec spec;

  /** A completion of the command line with all of its commands. */
  CompletionCommand(Supplier<CommandLine> whole) {
    this.whole = whole;
  }

  @Override
  public void run() {
    String script = AutoComplete.bash("lockkeeper", whole.get());
    spec.commandLine().getOut().println(script);
  }
}
