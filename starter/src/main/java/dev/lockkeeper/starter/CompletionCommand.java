package dev.lockkeeper.starter;

import picocli.AutoComplete;
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

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String script = AutoComplete.bash("lockkeeper", spec.root().commandLine());
    spec.commandLine().getOut().println(script);
  }
}
