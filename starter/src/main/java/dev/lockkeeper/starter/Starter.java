package dev.lockkeeper.starter;

import dev.lockkeeper.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Assembles and executes the command line. */
public final class Starter {

  private Starter() {}

  /** Executes one command; returns the process's exit code. */
  public static int execute(CliExtensions extras, Console console, String... arguments) {
    int exitCode = commandLine(extras, console, arguments).execute(arguments);
    if (!console.out().checkError()) {
      return exitCode;
    }
    console.note("error: the answer cannot be written to standard output: is its disk full?");
    return exitCode == ExitCode.OK.code() ? ExitCode.FAILED.code() : exitCode;
  }

  /**
   * The command line as far as the arguments need it. A command that is the first argument is all
   * that they can mean, and the options of the other commands take longer to read than it takes to
   * run.
   */
  static CommandLine commandLine(CliExtensions extras, Console console, String... arguments) {
    LockkeeperCommand top = new LockkeeperCommand(extras, console);
    CommandLine line = new CommandLine(top);
    List<Object> all = commands(extras, console);
    all.stream()
        .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
        .findFirst()
        .map(List::of)
        .orElse(all)
        .forEach(line::addSubcommand);
    line.getSubcommands().values().forEach(Starter::addHelp);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler((problem, given) -> usage(problem, console));
    line.setExecutionExceptionHandler((problem, command, result) -> failed(problem, top, console));
    return line;
  }

  private static List<Object> commands(CliExtensions extras, Console console) {
    List<Object> commands = new ArrayList<>(extras.commands());
    commands.addAll(
        List.of(
            new RunCommand(),
            new ListCommand(),
            new EndpointsCommand(),
            new StatusCommand(),
            new ReviewCommand(),
            new ApproveCommand(),
            new RejectCommand(),
            new CancelCommand(),
            new RollbackCommand(),
            new VerifyCommand(),
            new ValidateCommand(),
            new CompletionCommand(() -> commandLine(extras, console))));
    return commands;
  }

  private static String name(Object command) {
    return command.getClass().getAnnotation(Command.class).name();
  }

  private static void addHelp(CommandLine command) {
    if (command.getCommandSpec().findOption("--help") == null) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Show this help message and exit.")
                  .build());
    }
  }

  private static int usage(ParameterException problem, Console console) {
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    console.note("error: " + message(problem));
    console.note("       './" + command + " --help' shows how it is used");
    return ExitCode.USAGE.code();
  }

  private static @Nullable String message(ParameterException problem) {
    boolean top = problem.getCommandLine().getParent() == null;
    if (!top || !(problem instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(problem.getMessage()).replaceFirst("^Error: ", "");
    }
    String word = unmatched.getUnmatched().get(0);
    return "there is no "
        + (word.startsWith("-") ? "option '" : "command '")
        + word
        + "'"
        + unmatched.getSuggestions().stream()
            .findFirst()
            .map(nearest -> "; did you mean '" + nearest + "'?")
            .orElse("");
  }

  private static int failed(Exception problem, LockkeeperCommand top, Console console) {
    ExitCode code = ExitCode.FAILED;
    if (problem instanceof CommandException known) {
      code = known.exitCode();
      console.note("error: " + known.getMessage());
    } else if (problem instanceof FileSystemException file) {
      code = ExitCode.USAGE;
      console.note("error: " + FileProblem.text(file, top.state()));
    } else if (problem instanceof StoreException store
        && store.kind() == StoreException.Kind.UNAVAILABLE) {
      code = ExitCode.USAGE;
      console.note("error: " + store.getMessage());
    } else if (problem instanceof IOException full && FileProblem.isFull(full)) {
      code = ExitCode.USAGE;
      console.note("error: " + FileProblem.full(full, top.state()));
    } else {
      console.note("error: unexpected: " + problem + " (--verbose shows where)");
    }
    if (top.verbose()) {
      problem.printStackTrace(console.err());
    }
    return code.code();
  }
}
